namespace Link.Commands;

/// <summary>The scripts that teach a shell to complete link's command line. All ask <c>link --suggest</c>.</summary>
internal static class CompletionScripts
{
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "fish", "pwsh"];

    public static string For(string shell) => shell switch
    {
        // The colon of source:alias splits words in bash, so the line is split by spaces alone.
        "bash" => """
            _link() {
              local line="${COMP_LINE:0:COMP_POINT}" words current
              read -ra words <<< "$line"
              [[ "$line" == *' ' ]] && words+=('')
              current="${words[-1]}"
              mapfile -t COMPREPLY < <(link --suggest "${words[@]:1}" 2>/dev/null)
              case "$current" in *:*) COMPREPLY=("${COMPREPLY[@]#"${current%:*}:"}") ;; esac
            }
            complete -o default -F _link link

            """,
        "zsh" => """
            #compdef link
            _link() {
              local -a suggestions
              suggestions=("${(@f)$(link --suggest "${(@)words[2,CURRENT]}" 2>/dev/null)}")
              if (( ${#suggestions[1]} )); then compadd -Q -S '' -- "${suggestions[@]}"; else _files; fi
            }
            compdef _link link

            """,
        "fish" => """
            function __link_suggest
              set -l suggestions (link --suggest (commandline -opc)[2..] (commandline -ct) 2>/dev/null)
              if set -q suggestions[1]
                printf '%s\n' $suggestions
              else
                __fish_complete_path (commandline -ct)
              end
            end
            complete -c link -f -a '(__link_suggest)'

            """,
        _ => """
            Register-ArgumentCompleter -Native -CommandName link -ScriptBlock {
              param($wordToComplete, $commandAst, $cursorPosition)
              $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
              if (-not $wordToComplete) { $words += '' }
              link --suggest @words 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }

            """,
    };
}

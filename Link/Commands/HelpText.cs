namespace Link.Commands;

internal static class HelpText
{
    public const string Text = """
        link: what docker run --link gave a container, for any process.

        Usage:
          link [options] SOURCE[:ALIAS] env                        the link's environment variables
          link [options] SOURCE[:ALIAS] hosts                      its host names (also: cat /etc/hosts)
          link [options] SOURCE[:ALIAS] ping [-c N] HOST           time to connect and to a Redis PING; not ICMP
          link [options] SOURCE[:ALIAS] redis-cli -h HOST [...]    a Redis command, or a prompt without one
          link [options] SOURCE[:ALIAS] -- PROGRAM [ARGUMENTS]     any program, in the link's environment
          link --list                                              the resources that can be linked

        SOURCE is a resource of the running AppHost; ALIAS is the name you want to know it by, and HOST is that
        name, or SOURCE's own.

        Options:
          --apphost PATH       the AppHost's directory or project (default: the one of the current directory,
                               from aspire.config.json, or else the only one running)
          --timeout SECONDS    how long to wait for SOURCE to run (default 30)
          --hosts              give PROGRAM an /etc/hosts of its own in which the names stand for SOURCE (Linux)
          --json               for programs: with --list, env, hosts and ping
          --completion SHELL   print the completion script for bash, zsh, fish or pwsh
          --version            print the version
          -h, --help           print this

        Examples:
          link redis-server:redis env
          link redis-server:redis cat /etc/hosts
          link redis-server:redis ping -c 1 redis
          link redis-server:redis redis-cli -h redis KEYS '*'
          link redis-server:redis redis-cli -h redis
          link redis-server:cache -- sh -c 'echo $CACHE_HOST:$CACHE_PORT'
          link --hosts redis-server:redis -- getent hosts redis
          eval "$(link --completion bash)"

        Exit codes: PROGRAM's own; 125 for an error of link itself, 126 when PROGRAM can't be run, 127 when there
        is none; ping gives 1 when nothing answered; redis-cli gives 1 when it can't connect.

        """;
}

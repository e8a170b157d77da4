using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Runs executables.</summary>
internal sealed class ExecutableInstanceRunner(ProcessRunner processes) : IInstanceRunner
{
    public async Task<RunningInstance> StartAsync(InstanceStart start, CancellationToken cancellationToken)
    {
        var executable = (ExecutableResource)start.Resource;
        var spec = new ProcessSpec
        {
            FileName = executable.Command,
            Arguments = [.. start.Environment.Arguments.Select(argument => argument.Value)],
            Environment = ProcessEnvironment.For(start.Environment),
            WorkingDirectory = executable.WorkingDirectory,
            OnLine = start.OnLine,
        };
        var process = await processes.StartAsync(spec).ConfigureAwait(false);
        return ProcessInstance.From(process, spec, start.Environment.Arguments);
    }
}

using Aspire.Hosting;

// An AppHost that tests start and end in every way. Its first argument is the folder its programs write their process ids to.
var folder = args[0];
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args[1..], DisableDashboard = true, ProjectDirectory = folder });

// Each leaves grandchildren behind, one in a process group and one in a session of its own.
const string Script = """
    echo $$ > "$1/$2.pid"
    sleep 1000 & echo $! > "$1/$2.child.pid"
    (exec sh -c 'set -m; sleep 1001 & echo $! > "$0"; wait' "$1/$2.group.pid") &
    setsid sh -c 'echo $$ > "$0"; sleep 1002; :' "$1/$2.session.pid" > /dev/null 2>&1 &
    echo ready
    wait
    """;
var first = builder.AddExecutable("first", "/bin/sh", folder, "-c", Script, "sh", folder, "first").WithHttpEndpoint(env: "PORT");
builder.AddExecutable("second", "/bin/sh", folder, "-c", Script, "sh", folder, "second").WaitFor(first);

builder.Build().Run();

using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Shared;
using Shared.Publishing;
using YamlDotNet.RepresentationModel;

namespace Aspire.Hosting.Docker.Tests;

/// <summary>The Compose file and the .env file, text for text as published Aspire writes them.</summary>
public sealed class ComposeFileTests : IDisposable
{
    private readonly PublishedModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void The_linked_counter_is_published_as_published_Aspire_does()
    {
        Assert.True(_model.Publish(builder =>
        {
            builder.AddDockerComposeEnvironment("docker-compose");
            var redis = builder.AddRedis("redis-server").WithDataVolume("redis-data");
            builder.AddProject("counter", _model.Project).WithReference(redis, connectionName: "redis").WaitFor(redis).WithExternalHttpEndpoints();
        }));

        Assert.Equal([".env", "docker-compose.yaml"], _model.Files());
        Assert.Equal(
            """
            services:
              docker-compose-dashboard:
                image: "mcr.microsoft.com/dotnet/nightly/aspire-dashboard:latest"
                ports:
                  - "18888"
                expose:
                  - "18889"
                  - "18890"
                networks:
                  - "aspire"
                restart: "always"
              redis-server:
                image: "docker.io/library/redis:8.6"
                command:
                  - "-c"
                  - "redis-server --requirepass $$REDIS_PASSWORD --save 60 1"
                entrypoint:
                  - "/bin/sh"
                environment:
                  REDIS_PASSWORD: "${REDIS_SERVER_PASSWORD}"
                expose:
                  - "6379"
                volumes:
                  - type: "volume"
                    target: "/data"
                    source: "redis-data"
                    read_only: false
                networks:
                  - "aspire"
              counter:
                image: "${COUNTER_IMAGE}"
                environment:
                  OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY: "in_memory"
                  ASPNETCORE_FORWARDEDHEADERS_ENABLED: "true"
                  HTTP_PORTS: "${COUNTER_PORT}"
                  ConnectionStrings__redis: "redis-server:6379,password=${REDIS_SERVER_PASSWORD}"
                  REDIS_HOST: "redis-server"
                  REDIS_PORT: "6379"
                  REDIS_PASSWORD: "${REDIS_SERVER_PASSWORD}"
                  REDIS_URI: "redis://:${REDIS_SERVER_PASSWORD}@redis-server:6379"
                  OTEL_EXPORTER_OTLP_ENDPOINT: "http://docker-compose-dashboard:18889"
                  OTEL_EXPORTER_OTLP_PROTOCOL: "grpc"
                  OTEL_SERVICE_NAME: "counter"
                ports:
                  - "${COUNTER_PORT}"
                depends_on:
                  redis-server:
                    condition: "service_started"
                networks:
                  - "aspire"
            networks:
              aspire:
                driver: "bridge"
            volumes:
              redis-data:
                driver: "local"

            """.ReplaceLineEndings("\n"),
            _model.Read("docker-compose.yaml"));
        Assert.Equal(
            """
            # Container image name for counter
            COUNTER_IMAGE=

            # Default container port for counter
            COUNTER_PORT=

            # Parameter redis-server-password
            REDIS_SERVER_PASSWORD=


            """.ReplaceLineEndings("\n"),
            _model.Read(".env"));
    }

    [Fact]
    public void Ports_mounts_waits_and_the_case_of_names_are_published_as_Compose_needs_them()
    {
        Assert.True(_model.Publish(builder =>
        {
            builder.AddDockerComposeEnvironment("env").WithDashboard(enabled: false);
            var migration = builder.AddContainer("Migration", "tools/migrate", "2").WithContainerName("mig");
            var api = builder.AddContainer("api", "api").WithHttpEndpoint(port: 8081, targetPort: 8080).WithExternalHttpEndpoints()
                .WithEndpoint(port: 7000, targetPort: 7001, name: "inside").WithHttpEndpoint(name: "numbered", env: "PORT")
                .WithBindMount("data", "/in").WithBindMount("/var/run/docker.sock", "/var/run/docker.sock").WithVolume("kept", "/kept", isReadOnly: true)
                .WithImagePullPolicy(ImagePullPolicy.Always).WithEnvironment("TEXT", "a \"b\" \\ $c").WaitForCompletion(migration);
            builder.AddContainer("web", "web").WithEnvironment("API", api.GetEndpoint("inside")).WaitFor(api);
        }));

        Assert.Equal(
            """
            services:
              migration:
                image: "tools/migrate:2"
                container_name: "mig"
                networks:
                  - "aspire"
              api:
                image: "api:latest"
                pull_policy: "always"
                environment:
                  PORT: "8000"
                  TEXT: "a \"b\" \\ $c"
                ports:
                  - "8081:8080"
                expose:
                  - "7001"
                  - "8000"
                volumes:
                  - type: "bind"
                    target: "/in"
                    source: "${API_BINDMOUNT_0}"
                    read_only: false
                  - type: "bind"
                    target: "/var/run/docker.sock"
                    source: "/var/run/docker.sock"
                    read_only: false
                  - type: "volume"
                    target: "/kept"
                    source: "kept"
                    read_only: true
                depends_on:
                  migration:
                    condition: "service_completed_successfully"
                networks:
                  - "aspire"
              web:
                image: "web:latest"
                environment:
                  API: "tcp://api:7001"
                depends_on:
                  api:
                    condition: "service_started"
                networks:
                  - "aspire"
            networks:
              aspire:
                driver: "bridge"
            volumes:
              kept:
                driver: "local"

            """.ReplaceLineEndings("\n"),
            _model.Read("docker-compose.yaml"));
        Assert.Equal("# Bind mount source for api:/in\nAPI_BINDMOUNT_0=\n\n", _model.Read(".env"));
    }

    [Fact]
    public void What_is_built_has_its_image_filled_in_and_a_Dockerfile_that_is_written_lies_beside_the_file()
    {
        File.WriteAllText(Path.Combine(_model.AppHost, "Dockerfile"), "FROM scratch\n");
        Assert.True(
            _model.Publish(builder =>
            {
                builder.AddDockerComposeEnvironment("env").WithDashboard(enabled: false);
                builder.AddDockerfile("built", ".");
                builder.AddContainer("instead", "an/image", "1").WithDockerfile(".", stage: "final");
                builder.AddDockerfileFactory("made", ".", context => $"FROM scratch\nLABEL of={context.Resource.Name}\n");
                builder.AddExecutable("program", "program", ".").PublishAsDockerFile();
            }),
            string.Join('\n', _model.Log));

        Assert.Equal([".env", "docker-compose.yaml", "made.Dockerfile"], _model.Files());
        Assert.Equal("FROM scratch\nLABEL of=made\n", _model.Read("made.Dockerfile"));
        Assert.Equal(
            ["${BUILT_IMAGE}", "${INSTEAD_IMAGE}", "${MADE_IMAGE}", "${PROGRAM_IMAGE}"],
            ((YamlMappingNode)Load(_model.Read("docker-compose.yaml"))["services"]).Select(service => ((YamlScalarNode)service.Value["image"]).Value));
        Assert.DoesNotContain("build:", _model.Read("docker-compose.yaml"), StringComparison.Ordinal);
        Assert.StartsWith("# Container image name for built\nBUILT_IMAGE=\n\n", _model.Read(".env"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_shell_in_a_container_is_to_expand_is_left_to_it()
    {
        Assert.True(_model.Publish(builder =>
        {
            builder.AddDockerComposeEnvironment("env").WithDashboard(enabled: false);
            var parameter = builder.AddParameter("p");
            builder.AddContainer("shell", "image").WithEntrypoint("/bin/sh").WithArgs("-c", "hello $MSG $(date) $$ESCAPED", ReferenceExpression.Create($"$MSG {parameter}"));
            builder.AddContainer("program", "image").WithEntrypoint("/bin/program").WithArgs("-c", "hello $MSG");
        }));

        var services = Load(_model.Read("docker-compose.yaml"))["services"];
        Assert.Equal(["-c", "hello $$MSG $$(date) $$ESCAPED", "$$MSG ${P}"], Command("shell"));
        Assert.Equal(["-c", "hello $MSG"], Command("program"));

        IEnumerable<string?> Command(string name) => ((YamlSequenceNode)services[name]["command"]).Select(argument => ((YamlScalarNode)argument).Value);
    }

    [Fact]
    public void The_file_the_services_and_the_variables_can_be_changed_before_they_are_written()
    {
        Assert.True(_model.Publish(builder =>
        {
            var size = builder.AddParameter("cache-size");
            builder.AddDockerComposeEnvironment("env")
                .WithProperties(environment => environment.DefaultNetworkName = "mine")
                .WithDashboard(dashboard => dashboard.WithHostPort(9000).WithForwardedHeaders())
                .ConfigureComposeFile(file => file.Name = "shop")
                .ConfigureEnvFile(variables => variables["CACHE_SIZE"].DefaultValue = "64mb");
            builder.AddContainer("cache", "cache").PublishAsDockerComposeService((resource, service) =>
            {
                service.Labels["size"] = size.AsEnvironmentPlaceholder(resource);
                service.Restart = "unless-stopped";
                service.ReadOnly = true;
            });
        }));

        var file = _model.Read("docker-compose.yaml");
        Assert.StartsWith("name: \"shop\"\nservices:\n  env-dashboard:\n", file, StringComparison.Ordinal);
        Assert.Contains("    environment:\n      ASPIRE_DASHBOARD_FORWARDEDHEADERS_ENABLED: \"true\"\n    ports:\n      - \"9000:18888\"\n", file, StringComparison.Ordinal);
        Assert.Contains("    networks:\n      - \"mine\"\n    restart: \"unless-stopped\"\n    labels:\n      size: \"${CACHE_SIZE}\"\n    read_only: true\n", file, StringComparison.Ordinal);
        Assert.EndsWith("networks:\n  mine:\n    driver: \"bridge\"\n", file, StringComparison.Ordinal);
        Assert.Equal("# Parameter cache-size\nCACHE_SIZE=64mb\n\n", _model.Read(".env"));
    }

    [Fact]
    public async Task What_a_service_is_given_is_in_the_file_as_Docker_Compose_takes_it()
    {
        Tools.Require("docker-compose");
        Assert.True(_model.Publish(builder =>
        {
            builder.AddDockerComposeEnvironment("env").WithDashboard(enabled: false).ConfigureComposeFile(file =>
            {
                file.AddConfig(new() { Name = "settings", File = "./settings.json" });
                file.AddNetwork(new() { Name = "own", Labels = { ["a"] = "b" }, Internal = true, Attachable = true, Ipam = new() { Config = [new() { ["subnet"] = "10.9.0.0/24" }] } });
                file.Secrets["key"] = new() { File = "./key.txt" };
            });
            builder.AddContainer("api", "api").WithVolume("kept", "/kept").PublishAsDockerComposeService((_, service) =>
            {
                service.Build = new() { Context = "./api", Dockerfile = "Dockerfile", Target = "final", Args = { ["VERSION"] = "1" } };
                service.Healthcheck = new() { Test = ["CMD", "true"], Interval = "10s", Timeout = "5s", StartPeriod = "1m", Retries = 3 };
                service.Deploy = new()
                {
                    Replicas = 2,
                    Resources = new() { Limits = new() { Cpus = "0.5", Memory = "64M" } },
                    RestartPolicy = new() { Condition = "on-failure", MaxAttempts = 5 },
                    Placement = new() { Constraints = ["node.role == worker"], Preferences = [new() { ["spread"] = "node.labels.zone" }] },
                    UpdateConfig = new() { Parallelism = 1, FailureAction = "rollback", Monitor = "10s", Order = "start-first" },
                    Labels = new() { ["com.example.a"] = "b" },
                };
                service.Logging = new() { Driver = "json-file", Options = { ["max-size"] = "1m" } };
                service.AddConfig(new() { Source = "settings", Target = "/settings.json", Uid = "1000", Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead });
                service.Secrets = [new() { Source = "key", Uid = 1000, Gid = 1000, Mode = 256 }];
                service.Ulimits["nofile"] = new() { Soft = 1024, Hard = 2048 };
                service.Tty = true;
                service.AddEnvironmentalVariable("MORE", "1");
                service.AddVolumes([new() { Name = "socket", Type = "bind", Source = "/run/a", Target = "/run/a", ReadOnly = true }]);
                (service.DomainName, service.Hostname, service.Isolation, service.Ipc, service.ShmSize) = ("example.com", "api", "default", "private", "64mb");
                (service.MacAddress, service.Pid, service.CgroupParent, service.User) = ("02:42:ac:11:65:43", "host", "m", "1000");
                (service.Links, service.ExternalLinks) = (["store:db"], ["other:alias"]);
            });
            builder.AddContainer("store", "store");
        }));

        Assert.Equal(
            """
            services:
              api:
                image: "api:latest"
                build:
                  context: "./api"
                  dockerfile: "Dockerfile"
                  args:
                    VERSION: "1"
                  target: "final"
                environment:
                  MORE: "1"
                volumes:
                  - type: "volume"
                    target: "/kept"
                    source: "kept"
                    read_only: false
                  - type: "bind"
                    target: "/run/a"
                    source: "/run/a"
                    read_only: true
                user: "1000"
                networks:
                  - "aspire"
                deploy:
                  replicas: 2
                  resources:
                    limits:
                      cpus: "0.5"
                      memory: "64M"
                  placement:
                    constraints:
                      - "node.role == worker"
                    preferences:
                      - spread: "node.labels.zone"
                  update_config:
                    parallelism: 1
                    failure_action: "rollback"
                    monitor: "10s"
                    order: "start-first"
                  restart_policy:
                    condition: "on-failure"
                    max_attempts: 5
                  labels:
                    com.example.a: "b"
                healthcheck:
                  test:
                    - "CMD"
                    - "true"
                  interval: "10s"
                  timeout: "5s"
                  retries: 3
                  start_period: "1m"
                logging:
                  driver: "json-file"
                  options:
                    max-size: "1m"
                domainname: "example.com"
                hostname: "api"
                isolation: "default"
                ipc: "private"
                shm_size: "64mb"
                mac_address: "02:42:ac:11:65:43"
                pid: "host"
                cgroup_parent: "m"
                links:
                  - "store:db"
                external_links:
                  - "other:alias"
                secrets:
                  - source: "key"
                    uid: "1000"
                    gid: "1000"
                    mode: 256
                configs:
                  - source: "settings"
                    target: "/settings.json"
                    uid: "1000"
                    mode: 0440
                tty: true
                ulimits:
                  nofile:
                    soft: 1024
                    hard: 2048
              store:
                image: "store:latest"
                networks:
                  - "aspire"
            networks:
              aspire:
                driver: "bridge"
              own:
                labels:
                  a: "b"
                ipam:
                  config:
                    - subnet: "10.9.0.0/24"
                attachable: true
                internal: true
            volumes:
              kept:
                driver: "local"
            secrets:
              key:
                file: "./key.txt"
            configs:
              settings:
                file: "./settings.json"

            """.ReplaceLineEndings("\n"),
            _model.Read("docker-compose.yaml"));
        Directory.CreateDirectory(Path.Combine(_model.Output, "api"));
        (await ProgramRun.StartAsync("docker-compose", ["config", "--quiet"], _model.Output)).Succeeded();
    }

    [Fact]
    public async Task Any_text_is_read_back_from_the_file_as_it_was()
    {
        Tools.Require(Python("yaml"), "The package python3-yaml is not installed.");
        var texts = AnyText.Texts(200).ToList();
        Assert.True(_model.Publish(builder =>
        {
            builder.AddDockerComposeEnvironment("env").WithDashboard(enabled: false);
            var container = builder.AddContainer("any", "image").WithArgs([.. texts]);
            texts.ForEach(text => container.WithEnvironment(text, text));
        }), string.Join('\n', _model.Log));

        var service = Load(_model.Read("docker-compose.yaml"))["services"]["any"];
        Assert.Equal(texts, ((YamlSequenceNode)service["command"]).Select(node => ((YamlScalarNode)node).Value));
        Assert.Equal(
            texts.ToHashSet(StringComparer.Ordinal).ToDictionary(text => text),
            ((YamlMappingNode)service["environment"]).ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => ((YamlScalarNode)entry.Value).Value!));

        // Docker Compose reads it with this library.
        Assert.Equal(texts, await ReadByPythonAsync<List<string>>("yaml.safe_load(open('docker-compose.yaml', encoding='utf-8'))['services']['any']['command']", "yaml"));
    }

    [Fact]
    public async Task A_default_is_read_back_from_the_variables_as_it_was_or_refused()
    {
        Tools.Require("docker-compose");
        Tools.Require(Python("dotenv"), "The package python3-dotenv is not installed.");
        string[] more = ["a#b", "a #b", "#", "pa$$word", "$5 or ${", "C:\\new\\", "C:\\", @"\\server\share", "it's $5", @"\d{1,3}'\d", "one \\\ntwo=2", "\"a\"b", "a'b", "x\ny", "\r\n", "export X=1", "{\"a\": \"b\\\"c\"}"];
        string[] refused = ["${X}", "a${X:-y}b", "\0", @"$\\", @"$\", @"'$\'", "$\r", "\ud800"];
        Assert.All(refused, text => Assert.False(Publish([text]), text));
        Assert.Equal(
            "Error: Step 'publish' failed: The default value of 'V0' cannot be written to .env so that all its readers take it as it is. Leave it empty, and fill it in there.",
            Assert.Single(_model.Log, line => line.StartsWith("Error", StringComparison.Ordinal)));
        Assert.Empty(_model.Files());
        var texts = more.Concat(AnyText.Texts(200).Where(text => Publish([text]))).ToList();
        Assert.All(AnyText.Texts(200).Except(texts), text => Assert.True(text.Contains('\0') || text.Contains('$'), text));

        Assert.True(Publish(texts), string.Join('\n', _model.Log));

        // The next publish, which has other defaults, leaves all of them.
        var written = _model.Read(".env");
        Assert.True(Publish([.. texts.Select(_ => "another")], keep: true), string.Join('\n', _model.Log));
        Assert.Equal(written, _model.Read(".env"));

        var read = await ReadByPythonAsync<Dictionary<string, string>>("dotenv.dotenv_values('.env')", "dotenv");
        Assert.Equal(texts, texts.Select((_, i) => read[$"V{i}"]));
        var run = await ProgramRun.StartAsync("docker-compose", ["config"], _model.Output);
        run.Succeeded();
        var environment = Load(run.Output)["services"]["any"]["environment"];
        for (var i = 0; i < texts.Count; i++)
        {
            // These it reads, but prints as if they were blanks.
            if (texts[i].IndexOfAny(['\u0085', '\u2028', '\u2029']) < 0)
            {
                Assert.Equal(texts[i], ((YamlScalarNode)environment[$"V{i}"]).Value!.Replace("$$", "$", StringComparison.Ordinal));
            }
        }

        bool Publish(List<string> defaults, bool keep = false) => _model.Publish(builder =>
        {
            // What is in the file stays there.
            if (!keep)
            {
                File.Delete(Path.Combine(Directory.CreateDirectory(_model.Output).FullName, ".env"));
            }

            builder.AddDockerComposeEnvironment("env").WithDashboard(enabled: false).ConfigureEnvFile(file =>
            {
                for (var i = 0; i < defaults.Count; i++)
                {
                    file[$"V{i}"] = new() { Name = $"V{i}", Description = "text\nof two lines", DefaultValue = defaults[i] };
                }
            });
            builder.AddContainer("any", "image").PublishAsDockerComposeService((_, service) =>
            {
                for (var i = 0; i < defaults.Count; i++)
                {
                    service.AddEnvironmentalVariable($"V{i}", $"${{V{i}}}");
                }
            });
        });
    }

    [Fact]
    public void Values_that_were_filled_in_survive_the_next_publish()
    {
        Directory.CreateDirectory(_model.Output);
        File.WriteAllText(Path.Combine(_model.Output, ".env"), "# Parameter a\nA=filled=in\n\n# mine\nOTHER=kept\nLINES=\"one\n# two\nTHREE=3\"\nQUOTE='\n\n");

        Assert.True(_model.Publish(builder =>
        {
            builder.AddDockerComposeEnvironment("env");
            builder.AddContainer("c", "c").WithEnvironment("A", builder.AddParameter("a")).WithEnvironment("B", builder.AddParameter("b", secret: true));
        }));

        Assert.Equal("# Parameter a\nA=filled=in\n\n# Parameter b\nB=\n\nLINES=\"one\n# two\nTHREE=3\"\n\n# mine\nOTHER=kept\n\nQUOTE='\n\n", _model.Read(".env"));
    }

    [Fact]
    public void A_publish_that_fails_says_why_in_one_line_and_leaves_what_was_there()
    {
        static void Whole(IDistributedApplicationBuilder builder)
        {
            builder.AddDockerComposeEnvironment("env");
            builder.AddContainer("c", "c");
        }

        Assert.True(_model.Publish(Whole));
        var before = _model.Read("docker-compose.yaml");

        Assert.False(_model.Publish(builder =>
        {
            Whole(builder);
            builder.AddContainer("d", "d").WithVolume("/anonymous");
        }));

        Assert.Equal("Error: Step 'publish' failed: Volume source and target must be set", Assert.Single(_model.Log, line => line.StartsWith("Error", StringComparison.Ordinal)));
        Assert.Equal(before, _model.Read("docker-compose.yaml"));
        Assert.Equal([".env", "docker-compose.yaml"], _model.Files());
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_the_others_as_they_were()
    {
        Directory.CreateDirectory(Path.Combine(_model.Output, $".env.{Environment.ProcessId}.tmp"));
        File.WriteAllText(Path.Combine(_model.Output, "docker-compose.yaml"), "before");

        Assert.False(_model.Publish(builder =>
        {
            builder.AddDockerComposeEnvironment("env");
            builder.AddContainer("c", "c");
        }));

        Assert.Single(_model.Log, line => line.StartsWith("Error: Step 'publish' failed: ", StringComparison.Ordinal));
        Assert.Equal(["docker-compose.yaml"], _model.Files());
        Assert.Equal("before", _model.Read("docker-compose.yaml"));
    }

    [Fact]
    public void Several_environments_have_a_directory_each_with_the_resources_that_are_published_to_it()
    {
        Assert.True(_model.Publish(builder =>
        {
            var one = builder.AddDockerComposeEnvironment("one").WithDashboard(enabled: false);
            var two = builder.AddDockerComposeEnvironment("two").WithDashboard(enabled: false);
            var a = builder.AddContainer("a", "a").WithComputeEnvironment(two).WithComputeEnvironment(one);
            builder.AddContainer("b", "b").WithComputeEnvironment(two).WaitFor(a);
        }));

        Assert.Equal(["one/.env", "one/docker-compose.yaml", "two/.env", "two/docker-compose.yaml"], _model.Files());
        Assert.Equal(["a"], Services("one"));
        Assert.Equal(["b"], Services("two"));

        IEnumerable<string?> Services(string environment) =>
            ((YamlMappingNode)Load(_model.Read($"{environment}/docker-compose.yaml"))["services"]).Select(service => ((YamlScalarNode)service.Key).Value);
    }

    [Fact]
    public void Which_of_several_environments_a_resource_is_published_to_must_be_said()
    {
        Assert.False(_model.Publish(builder =>
        {
            builder.AddDockerComposeEnvironment("one");
            builder.AddDockerComposeEnvironment("two");
            builder.AddContainer("c", "c");
        }));

        Assert.Contains("Error: Step 'publish' failed: Resource 'c' has multiple compute environments - 'one, two'. Please specify a single compute environment using 'WithComputeEnvironment'.", _model.Log);
        Assert.Empty(_model.Files());
    }

    [Fact]
    public void The_manifest_knows_nothing_of_the_environment()
    {
        Assert.True(_model.Publish(
            builder =>
            {
                builder.AddDockerComposeEnvironment("env");
                builder.AddContainer("c", "c").PublishAsDockerComposeService((_, service) => service.Restart = "always");
            },
            step: "publish-manifest"));

        Assert.DoesNotContain("env", _model.Read("aspire-manifest.json"), StringComparison.Ordinal);
    }

    private static bool Python(string package) => Directory.Exists(Path.Combine("/usr/lib/python3/dist-packages", package));

    private static YamlNode Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    private async Task<T> ReadByPythonAsync<T>(string expression, string package)
    {
        var run = await ProgramRun.StartAsync("/usr/bin/python3", ["-c", $"import {package}, json; print(json.dumps({expression}))"], _model.Output);
        run.Succeeded();
        return JsonSerializer.Deserialize<T>(run.Output)!;
    }
}

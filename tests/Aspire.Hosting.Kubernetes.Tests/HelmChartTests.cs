#pragma warning disable ASPIREPROBES001
using Aspire.Hosting.ApplicationModel;
using Shared.Publishing;
using YamlDotNet.RepresentationModel;

namespace Aspire.Hosting.Kubernetes.Tests;

/// <summary>The chart a model is published as, rendered and held against the rules of Kubernetes.</summary>
public sealed class HelmChartTests : IDisposable
{
    private static readonly (string, string)[] s_passwords =
        [("secrets.redis_server.redis_server_password", "s3cret"), ("secrets.counter.redis_server_password", "s3cret"), ("parameters.counter.counter_image", "registry/counter:1")];

    private readonly PublishedModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void The_chart_of_the_linked_counter_is_whole()
    {
        PublishCounter();

        Assert.Equal(
            [
                "Chart.yaml",
                "templates/counter/config.yaml", "templates/counter/deployment.yaml", "templates/counter/secrets.yaml", "templates/counter/service.yaml",
                "templates/env-dashboard/deployment.yaml", "templates/env-dashboard/service.yaml",
                "templates/redis-server/secrets.yaml", "templates/redis-server/service.yaml", "templates/redis-server/statefulset.yaml",
                "values.yaml",
            ],
            _model.Files());
        Assert.Equal(
            """
            apiVersion: "v2"
            name: "shop"
            version: "0.1.0"
            kubeVersion: ">= 1.18.0-0"
            description: "Aspire Helm Chart"
            type: "application"
            keywords:
              - "aspire"
              - "kubernetes"
            appVersion: "0.1.0"
            deprecated: false

            """.ReplaceLineEndings("\n"),
            _model.Read("Chart.yaml"));
        Assert.Equal(
            """
            parameters:
              counter:
                port_http: "8080"
                counter_image: "counter:latest"
            secrets:
              redis_server:
                redis_server_password: ""
              counter:
                redis_server_password: ""
            config:
              counter:
                OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY: "in_memory"
                ASPNETCORE_FORWARDEDHEADERS_ENABLED: "true"
                REDIS_HOST: "redis-server-service"
                REDIS_PORT: "6379"
                OTEL_EXPORTER_OTLP_ENDPOINT: "http://env-dashboard-service:18889"
                OTEL_EXPORTER_OTLP_PROTOCOL: "grpc"
                OTEL_SERVICE_NAME: "counter"

            """.ReplaceLineEndings("\n"),
            _model.Read("values.yaml"));
    }

    [Fact]
    public void A_value_arrives_as_it_is_whatever_its_name_and_its_characters_mean_to_YAML_and_Helm()
    {
        string[] values = ["yes", "on", "007", "1e3", "12:30:45", "~", "", " lead", "a: b # c", "line 1\nline 2\n", "\"quoted\"", @"C:\new\path", "{{ .Values.x }}", "\"{{\"", "${X}", "é€"];
        Assert.True(_model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env").WithDashboard(false);
            var container = builder.AddContainer("Odd-1", "image").WithEnvironment("dot.ted", "dot").WithEnvironment("dot-ted", "hyphen").WithEnvironment("dot_ted", "underscore");
            for (var i = 0; i < values.Length; i++)
            {
                container.WithEnvironment($"V{i}", values[i]);
            }
        }), string.Join('\n', _model.Log));

        var config = RenderedChart.Map(new RenderedChart(_model.Output).Get("ConfigMap", "odd-1-config"), "data");

        Assert.Equal(values, values.Select((_, i) => config[$"V{i}"]));
        Assert.Equal(("dot", "hyphen", "underscore"), (config["dot.ted"], config["dot-ted"], config["dot_ted"]));
    }

    [Fact]
    public void Any_text_arrives_as_a_value_a_default_an_argument_and_beside_a_secret()
    {
        var texts = AnyText.Texts(200).ToList();
        Assert.True(_model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env").WithDashboard(false);
            var secret = builder.AddParameter("secret", secret: true);
            var container = builder.AddContainer("any", "image").WithArgs([.. texts]);
            for (var i = 0; i < texts.Count; i++)
            {
                // In an expression, two braces of a kind are one.
                var part = texts[i].Replace("{{", "{{{{", StringComparison.Ordinal).Replace("}}", "}}}}", StringComparison.Ordinal);
                container.WithEnvironment($"VALUE_{i}", texts[i]).WithEnvironment($"DEFAULT_{i}", builder.AddParameter($"p{i}", texts[i], publishValueAsDefault: true))
                    .WithEnvironment($"SECRET_{i}", $"{part}|{secret}").WithEnvironment($"BEFORE_{i}", $"{part}{secret}").WithEnvironment($"TEXT_{i}", ReferenceExpression.Create($"{part}"));
            }
        }), string.Join('\n', _model.Log));

        var chart = new RenderedChart(_model.Output, ("secrets.any.secret", "s3cret"));
        var config = RenderedChart.Map(chart.Get("ConfigMap", "any-config"), "data");
        var secrets = RenderedChart.Map(chart.Get("Secret", "any-secrets"), "stringData");
        var values = RenderedChart.Map(RenderedChart.Load(_model.Read("values.yaml")), "config", "any");

        Assert.Equal(texts, Arguments(chart.Get("Deployment", "any-deployment")));
        Assert.All(Enumerable.Range(0, texts.Count), i => Assert.Equal(
            (texts[i], texts[i], texts[i], texts[i], $"{texts[i]}|s3cret", $"{texts[i]}s3cret", texts[i]),
            (config[$"VALUE_{i}"], config[$"DEFAULT_{i}"], values[$"VALUE_{i}"], values[$"p{i}"], secrets[$"SECRET_{i}"], secrets[$"BEFORE_{i}"], config[$"TEXT_{i}"])));
    }

    [Fact]
    public void A_deployment_is_written_as_published_Aspire_writes_it()
    {
        PublishCounter();

        Assert.Equal(
            """
            ---
            apiVersion: "apps/v1"
            kind: "Deployment"
            metadata:
              name: "counter-deployment"
              labels:
                app.kubernetes.io/name: "{{ .Chart.Name }}"
                app.kubernetes.io/component: "counter"
                app.kubernetes.io/instance: "{{ .Release.Name }}"
            spec:
              template:
                metadata:
                  labels:
                    app.kubernetes.io/name: "{{ .Chart.Name }}"
                    app.kubernetes.io/component: "counter"
                    app.kubernetes.io/instance: "{{ .Release.Name }}"
                spec:
                  containers:
                    - image: "{{ .Values.parameters.counter.counter_image }}"
                      name: "counter"
                      readinessProbe:
                        failureThreshold: 3
                        successThreshold: 1
                        initialDelaySeconds: 5
                        periodSeconds: 5
                        timeoutSeconds: 1
                        httpGet:
                          scheme: "HTTP"
                          path: "/ready"
                          port: {{ .Values.parameters.counter.port_http | int }}
                      envFrom:
                        - configMapRef:
                            name: "counter-config"
                        - secretRef:
                            name: "counter-secrets"
                      ports:
                        - name: "http"
                          protocol: "TCP"
                          containerPort: {{ .Values.parameters.counter.port_http | int }}
                      imagePullPolicy: "IfNotPresent"
              selector:
                matchLabels:
                  app.kubernetes.io/name: "{{ .Chart.Name }}"
                  app.kubernetes.io/component: "counter"
                  app.kubernetes.io/instance: "{{ .Release.Name }}"
              replicas: 3
              revisionHistoryLimit: 3
              strategy:
                rollingUpdate:
                  maxSurge: 1
                  maxUnavailable: 1
                type: "RollingUpdate"

            """.ReplaceLineEndings("\n"),
            _model.Read("templates/counter/deployment.yaml"));
    }

    [Fact]
    public void The_rendered_chart_keeps_the_rules_of_Kubernetes_and_links_the_counter()
    {
        PublishCounter();

        var chart = new RenderedChart(_model.Output, s_passwords);
        KubernetesRules.Check(chart);

        var config = RenderedChart.Map(chart.Get("ConfigMap", "counter-config"), "data");
        var secrets = RenderedChart.Map(chart.Get("Secret", "counter-secrets"), "stringData");
        Assert.Equal("redis-server-service", config["REDIS_HOST"]);
        Assert.Equal("6379", config["REDIS_PORT"]);
        Assert.Equal("8080", config["HTTP_PORTS"]);
        Assert.Equal("http://env-dashboard-service:18889", config["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("redis-server-service:6379,password=s3cret", secrets["ConnectionStrings__redis"]);
        Assert.Equal("redis://:s3cret@redis-server-service:6379", secrets["REDIS_URI"]);
        Assert.Equal("3", RenderedChart.Text(chart.Get("Deployment", "counter-deployment"), "spec", "replicas"));
        var container = RenderedChart.List(chart.Get("StatefulSet", "redis-server-statefulset"), "spec", "template", "spec", "containers")[0];
        Assert.Equal("docker.io/library/redis:8.6", RenderedChart.Text(container, "image"));
    }

    [Fact]
    public void A_secret_is_in_no_ConfigMap_and_in_no_argument()
    {
        PublishCounter();

        var chart = new RenderedChart(_model.Output, s_passwords);

        Assert.All(chart.Objects.Where(item => RenderedChart.Text(item, "kind") != "Secret"), item => Assert.DoesNotContain("s3cret", item.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", _model.Read("values.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_endpoints_mounts_and_parameters_become_what_Kubernetes_accepts()
    {
        Assert.True(_model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env").WithDashboard(enabled: false).WithProperties(environment =>
            {
                environment.DefaultStorageType = "pvc";
                environment.DefaultStorageSize = "2Gi";
                environment.DefaultServiceType = "LoadBalancer";
            });
            var level = builder.AddParameter("log-level", "debug", publishValueAsDefault: true);
            var web = builder.AddProject("Web-App", _model.Project).WithHttpEndpoint(targetPort: 9000, name: "an-endpoint-of-a-long-name");
            builder.AddContainer("api", "api").WithEnvironment("LEVEL", level).WithEnvironment("WEB", web.GetEndpoint("http")).WithArgs("--format", "{{ .User }}", level.Resource)
                .WithVolume("kept", "/kept", isReadOnly: true).WithBindMount("/srv/in", "/in").WithImagePullPolicy(ImagePullPolicy.Always)
                .WithHttpEndpoint(targetPort: 80).WithHttpProbe(ProbeType.Liveness, "/live").WithHttpProbe(ProbeType.Startup, "/start");
            builder.AddContainer("worker", "worker");
        }));

        var chart = new RenderedChart(_model.Output);
        KubernetesRules.Check(chart);

        Assert.Equal("http://web-app-service:8080", RenderedChart.Map(chart.Get("ConfigMap", "api-config"), "data")["WEB"]);
        Assert.Equal("debug", RenderedChart.Map(chart.Get("ConfigMap", "api-config"), "data")["LEVEL"]);
        Assert.Equal("2Gi", RenderedChart.Text(chart.Get("PersistentVolumeClaim", "kept-pvc"), "spec", "resources", "requests", "storage"));
        Assert.Equal("LoadBalancer", RenderedChart.Text(chart.Get("Service", "api-service"), "spec", "type"));
        Assert.Equal(["--format", "{{ .User }}", "debug"], Arguments(chart.Get("Deployment", "api-deployment")));
        Assert.DoesNotContain(chart.OfKind("Service"), service => RenderedChart.Text(service, "metadata", "name") == "worker-service");
    }

    [Fact]
    public void Endpoints_that_share_a_port_and_volumes_of_a_project_with_dots_in_its_name_are_accepted()
    {
        File.WriteAllText(
            Path.Combine(Path.GetDirectoryName(_model.Project)!, "appsettings.json"),
            """{ "Kestrel": { "Endpoints": { "A": { "Url": "http://localhost:81" }, "B": { "Url": "http://localhost:82" } } } }""");
        Assert.True(_model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env").WithDashboard(enabled: false).WithProperties(environment => environment.DefaultStorageType = "pvc");
            builder.AddProject("web", _model.Project).WithHttpProbe(ProbeType.Liveness, "/live", endpointName: "https");
            builder.AddContainer("store", "store").WithVolume("My.App_Host-data", "/data").WithHttpEndpoint(targetPort: 80).WithHttpEndpoint(port: 8080, targetPort: 80, name: "again");
        }));

        var chart = new RenderedChart(_model.Output);
        KubernetesRules.Check(chart);

        Assert.Equal(["81", "82"], RenderedChart.List(chart.Get("Service", "web-service"), "spec", "ports").Select(port => RenderedChart.Text(port, "port")));
        Assert.Equal("81", RenderedChart.Text(RenderedChart.List(chart.Get("Deployment", "web-deployment"), "spec", "template", "spec", "containers")[0], "livenessProbe", "httpGet", "port"));
        Assert.Equal("HTTP", RenderedChart.Text(RenderedChart.List(chart.Get("Deployment", "web-deployment"), "spec", "template", "spec", "containers")[0], "livenessProbe", "httpGet", "scheme"));
        chart.Get("PersistentVolumeClaim", "my-app-host-data-pvc");
    }

    [Fact]
    public void The_chart_is_named_by_texts_and_by_parameters()
    {
        Assert.True(Publish("1.2.3-beta.1+ef365"), string.Join('\n', _model.Log));

        Assert.Contains("\nname: \"shop.one\"\nversion: \"1.2.3-beta.1+ef365\"\n", _model.Read("Chart.yaml"), StringComparison.Ordinal);
        Assert.Contains("\ndescription: \"Counts visits\"\n", _model.Read("Chart.yaml"), StringComparison.Ordinal);
        Assert.Contains("\nappVersion: \"1.2.3-beta.1+ef365\"\n", _model.Read("Chart.yaml"), StringComparison.Ordinal);
        KubernetesRules.Check(new RenderedChart(_model.Output));
        Assert.False(Publish("one"));
        Assert.Contains(
            "Error: Step 'publish' failed: Helm chart version 'one' is invalid. Helm accepts versions such as '1.2.3', '1.2.3-beta.1+ef365', '1', '1.2', or 'v1.2.3'. (Parameter 'HelmChartVersionAnnotation')",
            _model.Log);

        bool Publish(string version) => _model.Publish(builder =>
        {
            builder.Configuration["Parameters:version"] = version;
            builder.AddKubernetesEnvironment("env").WithHelm().WithHelm(helm => helm
                .WithNamespace("ns").WithReleaseName(builder.AddParameter("release", "r")).WithChartName("shop.one").WithChartVersion("9").WithChartVersion(builder.AddParameter("version")).WithChartDescription("Counts visits"));
            builder.AddContainer("c", "c").WithHttpEndpoint(targetPort: 80);
        });
    }

    [Theory]
    [InlineData("01")]
    [InlineData("1.2.3.4")]
    [InlineData("a b")]
    public void A_name_that_Helm_does_not_take_is_refused(string version)
    {
        Assert.True(_model.Publish(builder => builder.AddKubernetesEnvironment("env").WithHelm(helm =>
        {
            Assert.StartsWith($"Helm chart version '{version}' is invalid.", Assert.Throws<ArgumentException>(() => helm.WithChartVersion(version)).Message, StringComparison.Ordinal);
            Assert.StartsWith("Helm chart name 'a b' is invalid. Use ", Assert.Throws<ArgumentException>(() => helm.WithChartName("a b")).Message, StringComparison.Ordinal);
            Assert.StartsWith("Kubernetes namespace 'Ns' is invalid. Use ", Assert.Throws<ArgumentException>(() => helm.WithNamespace("Ns")).Message, StringComparison.Ordinal);
            Assert.Equal(
                $"Helm release name '{new string('a', 54)}' is invalid. It must be 53 characters or fewer. (Parameter 'releaseName')",
                Assert.Throws<ArgumentException>(() => helm.WithReleaseName(new string('a', 54))).Message);
            Assert.StartsWith("Helm chart description is invalid. It must be 1024 ", Assert.Throws<ArgumentException>(() => helm.WithChartDescription(new string('a', 1025))).Message, StringComparison.Ordinal);
        })));
    }

    [Fact]
    public void The_dashboard_is_configured_where_its_environment_is()
    {
        Assert.True(_model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env").WithDashboard(enabled: false)
                .WithDashboard(dashboard => dashboard.WithServicePort(80).WithOtlpServicePort(grpcPort: 4317).WithForwardedHeaders().WithImage("my/dashboard", "1"));
            builder.AddContainer("c", "c").WithOtlpExporter();
        }));

        var chart = new RenderedChart(_model.Output);
        KubernetesRules.Check(chart);
        Assert.Equal(
            [("http", "80", "18888"), ("otlp-grpc", "4317", "18889"), ("otlp-http", "18890", "18890")],
            RenderedChart.List(chart.Get("Service", "env-dashboard-service"), "spec", "ports").Select(port => (RenderedChart.Text(port, "name"), RenderedChart.Text(port, "port"), RenderedChart.Text(port, "targetPort"))));
        Assert.Equal("true", RenderedChart.Map(chart.Get("ConfigMap", "env-dashboard-config"), "data")["ASPIRE_DASHBOARD_FORWARDEDHEADERS_ENABLED"]);
        Assert.Equal("http://env-dashboard-service:4317", RenderedChart.Map(chart.Get("ConfigMap", "c-config"), "data")["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Contains("my/dashboard:1", _model.Read("templates/env-dashboard/deployment.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_is_reached_at_the_port_of_its_endpoint_and_leads_to_the_one_the_container_listens_on()
    {
        Assert.True(_model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env").WithDashboard(enabled: false);
            var store = builder.AddContainer("store", "store").WithHttpEndpoint(port: 9002, targetPort: 9000).WithHttpEndpoint(port: 9003, targetPort: 9000, name: "again");
            var redis = builder.AddRedis("cache", port: 6380);
            builder.AddContainer("user", "user").WithEnvironment("URL", store.GetEndpoint("http")).WithEnvironment("AGAIN", store.GetEndpoint("again").Property(EndpointProperty.HostAndPort))
                .WithEnvironment("TARGET", store.GetEndpoint("http").Property(EndpointProperty.TargetPort)).WithReference(redis);
        }));

        var chart = new RenderedChart(_model.Output, ("secrets.cache.cache_password", "p"), ("secrets.user.cache_password", "p"));
        KubernetesRules.Check(chart);
        Assert.Equal(
            [("9002", "9000"), ("9003", "9000")],
            RenderedChart.List(chart.Get("Service", "store-service"), "spec", "ports").Select(port => (RenderedChart.Text(port, "port"), RenderedChart.Text(port, "targetPort"))));
        Assert.Single(RenderedChart.List(RenderedChart.List(chart.Get("Deployment", "store-deployment"), "spec", "template", "spec", "containers")[0], "ports"));
        var config = RenderedChart.Map(chart.Get("ConfigMap", "user-config"), "data");
        Assert.Equal(("http://store-service:9002", "store-service:9003", "9000", "6380"), (config["URL"], config["AGAIN"], config["TARGET"], config["CACHE_PORT"]));
        Assert.Equal("cache-service:6380,password=p", RenderedChart.Map(chart.Get("Secret", "user-secrets"), "stringData")["ConnectionStrings__cache"]);
    }

    [Fact]
    public void What_is_built_has_its_image_in_the_values_and_a_Dockerfile_that_is_written_lies_beside_them()
    {
        Assert.True(
            _model.Publish(builder =>
            {
                builder.AddKubernetesEnvironment("env").WithDashboard(enabled: false);
                builder.AddContainer("instead", "an/image", "1").WithDockerfile(".");
                builder.AddDockerfileFactory("made", ".", _ => "FROM scratch\n");
            }),
            string.Join('\n', _model.Log));

        Assert.Equal(["Chart.yaml", "made.Dockerfile", "templates/instead/deployment.yaml", "templates/made/deployment.yaml", "values.yaml"], _model.Files());
        Assert.Equal("FROM scratch\n", _model.Read("made.Dockerfile"));
        Assert.StartsWith("parameters:\n  instead:\n    instead_image: \"instead:latest\"\n  made:\n    made_image: \"made:latest\"\n", _model.Read("values.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.b", "a_b")]
    [InlineData("Data", "data")]
    [InlineData("store-bind-0", null)]
    public void Volumes_that_would_have_one_name_in_Kubernetes_are_refused(string one, string? other)
    {
        Assert.False(_model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env").WithDashboard(enabled: false);
            var store = builder.AddContainer("store", "store");
            _ = other is null ? store.WithBindMount("/srv", "/srv").WithVolume(one, "/data") : store.WithVolume(one, "/one").WithVolume(other, "/two");
        }));

        var error = Assert.Single(_model.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Matches($"^Error: Step 'publish' failed: Resource 'store': the volumes '.+' and '.+' would both be '.+' in Kubernetes. Give one of them another name.$", error);
        Assert.Empty(_model.Files());
    }

    [Fact]
    public void Claims_of_two_containers_that_would_have_one_name_are_refused_but_not_volumes_of_pods()
    {
        Assert.True(Publish("emptyDir"));
        Assert.False(Publish("pvc"));
        Assert.Contains("Error: Step 'publish' failed: Resource 'two': the volumes 'a.b' and 'a_b' would both be 'a-b' in Kubernetes. Give one of them another name.", _model.Log);

        bool Publish(string storage) => _model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env").WithDashboard(enabled: false).WithProperties(environment => environment.DefaultStorageType = storage);
            builder.AddContainer("one", "one").WithVolume("a.b", "/data");
            builder.AddContainer("two", "two").WithVolume("a_b", "/data");
        });
    }

    [Fact]
    public void Endpoints_whose_names_start_the_same_have_ports_of_different_names()
    {
        Assert.True(_model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env").WithDashboard(enabled: false);
            builder.AddContainer("store", "store").WithEndpoint(targetPort: 1, name: "a-name-of-a-port-1").WithEndpoint(targetPort: 2, name: "a-name-of-a-port-2").WithEndpoint(targetPort: 3, name: "a-name-of-a-p-2");
        }));

        KubernetesRules.Check(new RenderedChart(_model.Output));
    }

    [Fact]
    public void A_variable_whose_name_a_cluster_does_not_take_is_refused()
    {
        Assert.False(_model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env").WithDashboard(enabled: false);
            builder.AddContainer("store", "store").WithEnvironment("A B", "value");
        }));

        Assert.Contains("Error: Step 'publish' failed: Resource 'store': 'A B' cannot be the name of a variable in Kubernetes, which takes letters, digits, '-', '_' and '.'.", _model.Log);
    }

    [Theory]
    [InlineData("emptyDir")]
    [InlineData("pvc")]
    public void A_volume_that_a_container_has_at_two_paths_is_one(string storage)
    {
        Assert.True(
            _model.Publish(builder =>
            {
                builder.AddKubernetesEnvironment("env").WithDashboard(enabled: false).WithProperties(environment => environment.DefaultStorageType = storage);
                builder.AddContainer("store", "store").WithVolume("kept", "/one").WithVolume("kept", "/two");
            }),
            string.Join('\n', _model.Log));

        KubernetesRules.Check(new RenderedChart(_model.Output));
    }

    [Fact]
    public void A_volume_that_two_containers_share_is_claimed_once()
    {
        Assert.True(
            _model.Publish(builder =>
            {
                builder.AddKubernetesEnvironment("env").WithDashboard(enabled: false).WithProperties(environment => environment.DefaultStorageType = "pvc");
                builder.AddContainer("one", "one").WithVolume("kept", "/data");
                builder.AddContainer("two", "two").WithVolume("kept", "/data");
            }),
            string.Join('\n', _model.Log));

        Assert.Single(new RenderedChart(_model.Output).OfKind("PersistentVolumeClaim"));
    }

    [Fact]
    public void A_publish_that_fails_says_why_in_one_line_and_leaves_no_file()
    {
        Assert.False(_model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env");
            builder.AddContainer("good", "good");
            builder.AddContainer(new string('a', 60), "image");
        }));

        var error = Assert.Single(_model.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.StartsWith($"Error: Step 'publish' failed: Resource '{new string('a', 60)}': ", error, StringComparison.Ordinal);
        Assert.Empty(_model.Files());
    }

    [Fact]
    public void The_manifest_knows_nothing_of_the_environment()
    {
        Assert.True(_model.Publish(
            builder =>
            {
                builder.AddKubernetesEnvironment("env");
                builder.AddContainer("c", "c");
            },
            step: "publish-manifest"));

        Assert.DoesNotContain("env", _model.Read("aspire-manifest.json"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Arguments(YamlMappingNode workload) =>
        ((YamlSequenceNode)RenderedChart.Node(RenderedChart.List(workload, "spec", "template", "spec", "containers")[0], "args")!).Select(argument => ((YamlScalarNode)argument).Value!);

    private void PublishCounter() =>
        Assert.True(_model.Publish(builder =>
        {
            builder.AddKubernetesEnvironment("env").WithHelm(helm => helm.WithChartName("shop"));
            var redis = builder.AddRedis("redis-server").WithDataVolume("redis-data");
            builder.AddProject("counter", _model.Project).WithReference(redis, connectionName: "redis").WaitFor(redis)
                .WithReplicas(3).WithExternalHttpEndpoints().WithHttpProbe(ProbeType.Readiness, "/ready", endpointName: "http");
        }));
}

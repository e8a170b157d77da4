using System.Reflection;
using System.Text;
using Shared;

namespace Aspire.Hosting.Tests.Compatibility;

/// <summary>docs/compatibility.md lists what the packages of Offline/ make public. UPDATE_DOCS=1 writes it anew.</summary>
public class CompatibilityDocumentTests
{
    private static readonly string[] s_packages =
    [
        "Aspire.Hosting", "Aspire.Hosting.Redis", "Aspire.Hosting.Docker", "Aspire.Hosting.Kubernetes", "Aspire.Hosting.Testing",
        "Aspire.StackExchange.Redis", "OpenTelemetry.Extensions.Hosting",
    ];

    [Fact]
    public void The_document_lists_what_the_assemblies_make_public()
    {
        var path = Path.Combine(Repository.Root, "docs", "compatibility.md");
        var expected = Document();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.True(File.Exists(path), "docs/compatibility.md is missing: run this test with UPDATE_DOCS=1.");
        Assert.True(expected == File.ReadAllText(path).ReplaceLineEndings("\n"), "docs/compatibility.md is stale: run this test with UPDATE_DOCS=1.");
    }

    [Fact]
    public void A_member_that_is_not_listed_is_noticed()
    {
        var document = Document();

        Assert.Contains("`AddRedis(this IDistributedApplicationBuilder, string, int?)`", document, StringComparison.Ordinal);
        Assert.Contains("**`IResourceBuilder<T>`** interface: `ApplicationBuilder`", document, StringComparison.Ordinal);
        Assert.DoesNotContain("`ModelName`", document, StringComparison.Ordinal);
    }

    private static string Document()
    {
        var lists = new StringBuilder();
        var counts = new StringBuilder();
        foreach (var package in s_packages)
        {
            lists.Append("\n## ").Append(package).Append('\n');
            var assembly = Assembly.Load(package);
            var members = PublicSurface.Write(lists, assembly);
            counts.Append("| `").Append(package).Append("` | ").Append(assembly.GetExportedTypes().Length).Append(" | ").Append(members).Append(" |\n");
        }

        return $"""
            # Compatibility

            What the packages in `Offline/` make public. It has the names and shapes of Aspire 13.5.2; it may be less, it is never different.
            A test writes this page from the assemblies (`UPDATE_DOCS=1 dotnet test tests/Aspire.Hosting.Tests`) and fails when it is stale.

            | package | types | members |
            |---|---|---|
            {counts}
            ## What differs in behaviour

            | published Aspire | `Offline/` |
            |---|---|
            | An orchestrator (DCP) and the dashboard run as processes of their own. | Both run in the AppHost's process. The resources' own processes end with it, also when it is killed. |
            | Containers need Docker or Podman. | So they do here, but for Redis: without an engine its place is taken by `redis-server`, or by Garnet. |
            | A trusted developer certificate turns TLS on for Redis and for https endpoints of projects. | As on a machine without such a certificate: Redis is plain. |
            | `Run()` ends with exit code 0 when a publish has failed, and may leave half a manifest. | The exit code is not 0, one line says why, and no file is left that is not whole. |
            | Pipelines, deployment and compute environments of clouds. | The steps `publish` (Compose, Kubernetes) and `publish-manifest`; the pipeline itself is not public, and nothing is built, pushed or deployed. |
            | Compose: the steps that build and push images, fill in `.env.<Environment>` and start the services; the files of `WithContainerFiles`. | What the step `publish` writes: `docker-compose.yaml`, with a variable `NAME_IMAGE` for what is built, and `.env` to be filled in. A default that `ConfigureEnvFile` gives is written there at once, quoted where it must be. What a shell in a container is to expand is left to it, but for parameters, which Compose fills in; published Aspire leaves those to the shell too. |
            | Kubernetes: published Aspire has the whole object model (`PublishAsKubernetesService`), ingress, gateways, node pools, other charts and Helm's deployment. | A chart of workloads, services, configuration, secrets and claims, by the properties of the environment, `WithHelm` and `WithDashboard`. Names are always in lower case, a volume that resources share is one claim, and bind mounts become `hostPath`, which published Aspire refuses. |
            | A program that is ended by a signal has exit code -1. | It has the shell's: 128 and the number of the signal. |
            | Generated values, names, states, environment variables, manifest. | The same, text for text. |

            """.ReplaceLineEndings("\n") + lists;
    }
}

#pragma warning disable ASPIREPROBES001
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The templates of one resource: what runs it, where it is reached, its configuration, and the claims of volumes that no other resource has made.</summary>
internal sealed class ResourceTemplates(KubernetesEnvironmentResource environment, EvaluatedResource evaluated, HelmValues values, Dictionary<string, string> claims)
{
    private const string PersistentStorage = "pvc";

    private readonly IResource _resource = evaluated.Resource;
    private readonly YamlMap _labels = new()
    {
        { "app.kubernetes.io/name", "{{ .Chart.Name }}" },
        { "app.kubernetes.io/component", evaluated.Resource.Name },
        { "app.kubernetes.io/instance", "{{ .Release.Name }}" },
    };

    public IEnumerable<(string Path, string Text)> Write()
    {
        if (Volumes.GroupBy(VolumeName).FirstOrDefault(volumes => volumes.Count() > 1) is { } same)
        {
            throw KubernetesNames.SameVolume(_resource, same.Key, same.First().Source, same.Last().Source);
        }

        // A resource that others connect to keeps its name from one start to the next.
        var isStateful = _resource is IResourceWithConnectionString && evaluated.Ports.Count > 0;
        yield return isStateful
            ? Template("statefulset", "apps/v1", "StatefulSet", StatefulSet())
            : Template("deployment", "apps/v1", "Deployment", Deployment());
        if (evaluated.Ports.Count > 0)
        {
            yield return Template("service", "v1", "Service", new() { { "spec", Service() } });
        }

        if (evaluated.Config.Count > 0)
        {
            yield return Template("config", "v1", "ConfigMap", new() { { "data", evaluated.Config } });
        }

        if (evaluated.Secrets.Count > 0)
        {
            yield return Template("secrets", "v1", "Secret", new() { { "stringData", evaluated.Secrets }, { "type", "Opaque" } });
        }

        foreach (var mount in IsPersistent ? Volumes.Where(mount => mount.Type is ContainerMountType.Volume) : [])
        {
            var volume = VolumeName(mount);
            if (claims.TryAdd(volume, mount.Source!))
            {
                yield return Template($"{volume}-pvc", "v1", "PersistentVolumeClaim", new() { { "spec", Claim() } }, $"{volume}-pvc");
            }
            else if (claims[volume] != mount.Source)
            {
                throw KubernetesNames.SameVolume(_resource, volume, claims[volume], mount.Source);
            }
        }
    }

    private bool IsPersistent => string.Equals(environment.DefaultStorageType, PersistentStorage, StringComparison.OrdinalIgnoreCase);

    private List<ContainerMountAnnotation> Mounts => [.. _resource.Annotations.OfType<ContainerMountAnnotation>()];

    /// <summary>The mounts, but one that is at several paths is one volume.</summary>
    private List<ContainerMountAnnotation> Volumes => [.. Mounts.DistinctBy(mount => (VolumeName(mount), mount.Source))];

    private (string Path, string Text) Template(string file, string apiVersion, string kind, YamlMap content, string? name = null)
    {
        var template = new YamlMap
        {
            { "apiVersion", apiVersion },
            { "kind", kind },
            { "metadata", new YamlMap { { "name", name ?? KubernetesNames.Of(_resource, file) }, { "labels", _labels } } },
        };
        foreach (var (key, value) in content)
        {
            template.Add(key, value);
        }

        return ($"templates/{_resource.Name}/{file}.yaml", "---\n" + YamlText.Write(template));
    }

    private YamlMap Deployment() => new()
    {
        {
            "spec", new YamlMap
            {
                { "template", PodTemplate() },
                { "selector", new YamlMap { { "matchLabels", _labels } } },
                { "replicas", _resource.GetReplicaCount() },
                { "revisionHistoryLimit", 3 },
                { "strategy", new YamlMap { { "rollingUpdate", new YamlMap { { "maxSurge", 1 }, { "maxUnavailable", 1 } } }, { "type", "RollingUpdate" } } },
            }
        },
    };

    private YamlMap StatefulSet() => new()
    {
        {
            "spec", new YamlMap
            {
                { "template", PodTemplate() },
                { "selector", new YamlMap { { "matchLabels", _labels } } },
                { "serviceName", KubernetesNames.Service(_resource) },
                { "replicas", _resource.GetReplicaCount() },
                { "updateStrategy", new YamlMap { { "type", "RollingUpdate" } } },
            }
        },
    };

    private YamlMap PodTemplate() => new()
    {
        { "metadata", new YamlMap { { "labels", _labels } } },
        { "spec", new YamlMap { { "containers", new[] { Container() } }, { "volumes", Volumes.ConvertAll(Volume) } } },
    };

    private YamlMap Container() => new()
    {
        { "image", Image() },
        { "livenessProbe", Probe(ProbeType.Liveness) },
        { "name", KubernetesNames.Container(_resource) },
        { "readinessProbe", Probe(ProbeType.Readiness) },
        { "startupProbe", Probe(ProbeType.Startup) },
        { "envFrom", EnvironmentFrom() },
        { "command", (_resource as ContainerResource)?.Entrypoint is { } entrypoint ? new[] { entrypoint } : null },
        { "args", evaluated.Arguments },
        { "ports", evaluated.Ports.DistinctBy(port => (port.Port, port.Endpoint.Protocol)).Select(port => new YamlMap { { "name", port.Name }, { "protocol", Protocol(port.Endpoint) }, { "containerPort", Number(port.Port) } }).ToList() },
        { "volumeMounts", Mounts.ConvertAll(mount => new YamlMap { { "name", VolumeName(mount) }, { "mountPath", mount.Target }, { "readOnly", mount.IsReadOnly ? true : null } }) },
        { "imagePullPolicy", PullPolicy() },
    };

    /// <summary>Whoever installs the chart says which image was built for a project, or from a Dockerfile.</summary>
    private string Image() => DeployedResources.Image(_resource) ?? values.Add("parameters", _resource.Name, $"{_resource.Name}_image", $"{_resource.Name}:latest");

    private string PullPolicy() => _resource.TryGetLastAnnotation<ContainerImagePullPolicyAnnotation>(out var policy)
        ? policy.ImagePullPolicy switch
        {
            ImagePullPolicy.Always => "Always",
            ImagePullPolicy.Missing => "IfNotPresent",
            ImagePullPolicy.Never => "Never",
            _ => environment.DefaultImagePullPolicy,
        }
        : environment.DefaultImagePullPolicy;

    private List<YamlMap> EnvironmentFrom()
    {
        List<YamlMap> sources = [];
        if (evaluated.Config.Count > 0)
        {
            sources.Add(new() { { "configMapRef", new YamlMap { { "name", KubernetesNames.Of(_resource, "config") } } } });
        }

        if (evaluated.Secrets.Count > 0)
        {
            sources.Add(new() { { "secretRef", new YamlMap { { "name", KubernetesNames.Of(_resource, "secrets") } } } });
        }

        return sources;
    }

    private YamlMap? Probe(ProbeType type)
    {
        if (_resource.Annotations.OfType<EndpointProbeAnnotation>().LastOrDefault(probe => probe.Type == type) is not { } probe)
        {
            return null;
        }

        var port = evaluated.Probed(probe.EndpointReference);
        return new()
        {
            { "failureThreshold", probe.FailureThreshold },
            { "successThreshold", probe.SuccessThreshold },
            { "initialDelaySeconds", probe.InitialDelaySeconds },
            { "periodSeconds", probe.PeriodSeconds },
            { "timeoutSeconds", probe.TimeoutSeconds },
            { "httpGet", new YamlMap { { "scheme", port.Endpoint.UriScheme.ToUpperInvariant() }, { "path", probe.Path }, { "port", Number(port.Port) } } },
        };
    }

    private YamlMap Service() => new()
    {
        { "type", environment.DefaultServiceType },
        { "selector", _labels },
        {
            "ports", evaluated.Ports.DistinctBy(port => (port.ServicePort, port.Endpoint.Protocol)).Select(port => new YamlMap
            {
                { "name", port.Name },
                { "protocol", Protocol(port.Endpoint) },
                { "port", Number(port.ServicePort) },
                { "targetPort", Number(port.Port) },
            }).ToList()
        },
    };

    private YamlMap Volume(ContainerMountAnnotation mount)
    {
        var name = VolumeName(mount);
        return mount.Type is ContainerMountType.BindMount
            ? new() { { "name", name }, { "hostPath", new YamlMap { { "path", mount.Source } } } }
            : IsPersistent
                ? new() { { "name", name }, { "persistentVolumeClaim", new YamlMap { { "claimName", $"{name}-pvc" } } } }
                : new() { { "name", name }, { "emptyDir", YamlRaw.EmptyMap } };
    }

    private YamlMap Claim() => new()
    {
        { "accessModes", new[] { environment.DefaultStorageReadWritePolicy } },
        { "storageClassName", environment.DefaultStorageClassName },
        { "resources", new YamlMap { { "requests", new YamlMap { { "storage", environment.DefaultStorageSize } } } } },
    };

    private string VolumeName(ContainerMountAnnotation mount) => mount switch
    {
        { Source: null or "" } => throw new InvalidOperationException("Volume source and target must be set"),
        { Type: ContainerMountType.Volume } => KubernetesNames.Volume(_resource, mount.Source),
        _ => string.Create(CultureInfo.InvariantCulture, $"{KubernetesNames.Container(_resource)}-bind-{Mounts.IndexOf(mount)}"),
    };

    private static string Protocol(EndpointAnnotation endpoint) => endpoint.Protocol.ToString().ToUpperInvariant();

    private static YamlRaw Number(string port) => new(HelmValues.AsNumber(port));
}

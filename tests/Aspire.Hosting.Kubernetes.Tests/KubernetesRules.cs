using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aspire.Hosting.Kubernetes.Tests;

/// <summary>What the API server of a cluster checks, as far as it concerns a chart: there is none here to ask.</summary>
internal static partial class KubernetesRules
{
    private static readonly Dictionary<string, string> s_apiVersions = new()
    {
        ["Deployment"] = "apps/v1",
        ["StatefulSet"] = "apps/v1",
        ["Service"] = "v1",
        ["ConfigMap"] = "v1",
        ["Secret"] = "v1",
        ["PersistentVolumeClaim"] = "v1",
    };

    public static void Check(RenderedChart chart)
    {
        Assert.Equal(chart.Objects.Count, chart.Objects.Select(item => (Text(item, "kind"), Text(item, "metadata", "name"))).Distinct().Count());
        foreach (var item in chart.Objects)
        {
            KubernetesFields.Check(item);
            var kind = Text(item, "kind")!;
            Assert.Equal(s_apiVersions[kind], Text(item, "apiVersion"));
            Name(Text(item, "metadata", "name"));
            Labels(RenderedChart.Map(item, "metadata", "labels"));
        }

        foreach (var workload in chart.OfKind("Deployment", "StatefulSet"))
        {
            Workload(chart, workload);
        }

        foreach (var service in chart.OfKind("Service"))
        {
            Service(chart, service);
        }

        foreach (var item in chart.OfKind("ConfigMap", "Secret"))
        {
            Assert.All(RenderedChart.Map(item, Text(item, "kind") == "Secret" ? "stringData" : "data").Keys, key => Assert.Matches(DataKey(), key));
        }

        foreach (var claim in chart.OfKind("PersistentVolumeClaim"))
        {
            Assert.NotEmpty((YamlSequenceNode)RenderedChart.Node(claim, "spec", "accessModes")!);
            Assert.Matches(Quantity(), Text(claim, "spec", "resources", "requests", "storage"));
        }
    }

    private static void Workload(RenderedChart chart, YamlMappingNode workload)
    {
        var labels = RenderedChart.Map(workload, "spec", "template", "metadata", "labels");
        Labels(labels);
        var selector = RenderedChart.Map(workload, "spec", "selector", "matchLabels");
        Assert.NotEmpty(selector);
        Assert.All(selector, label => Assert.Equal(label.Value, labels[label.Key]));
        Assert.True(Number(RenderedChart.Node(workload, "spec", "replicas")) >= 0);
        if (Text(workload, "kind") == "StatefulSet")
        {
            chart.Get("Service", Text(workload, "spec", "serviceName")!);
        }

        var volumes = RenderedChart.List(workload, "spec", "template", "spec", "volumes");
        foreach (var volume in volumes)
        {
            Name(Text(volume, "name"));
            Assert.Equal(2, volume.Children.Count);
            if (Text(volume, "persistentVolumeClaim", "claimName") is { } claim)
            {
                chart.Get("PersistentVolumeClaim", claim);
            }
        }

        var container = Assert.Single(RenderedChart.List(workload, "spec", "template", "spec", "containers"));
        Name(Text(container, "name"));
        Assert.False(string.IsNullOrEmpty(Text(container, "image")));
        Assert.Contains(Text(container, "imagePullPolicy"), (string[])["Always", "IfNotPresent", "Never"]);
        Assert.Equal(volumes.Select(volume => Text(volume, "name")).Order(), RenderedChart.List(container, "volumeMounts").Select(mount => Text(mount, "name")).Distinct().Order());
        Assert.All(RenderedChart.List(container, "volumeMounts"), mount => Assert.StartsWith("/", Text(mount, "mountPath"), StringComparison.Ordinal));
        Ports(RenderedChart.List(container, "ports"), "containerPort");
        foreach (var source in RenderedChart.List(container, "envFrom"))
        {
            _ = Text(source, "secretRef", "name") is { } secret ? chart.Get("Secret", secret) : chart.Get("ConfigMap", Text(source, "configMapRef", "name")!);
        }

        foreach (var probe in ((string[])["livenessProbe", "readinessProbe", "startupProbe"]).Select(name => RenderedChart.Node(container, name)).OfType<YamlMappingNode>())
        {
            Assert.Contains(Text(probe, "httpGet", "scheme"), (string[])["HTTP", "HTTPS"]);
            Assert.StartsWith("/", Text(probe, "httpGet", "path"), StringComparison.Ordinal);
            Assert.Contains(Number(RenderedChart.Node(probe, "httpGet", "port")), RenderedChart.List(container, "ports").Select(port => Number(RenderedChart.Node(port, "containerPort"))));
            Assert.True(Number(RenderedChart.Node(probe, "periodSeconds")) > 0 && Number(RenderedChart.Node(probe, "timeoutSeconds")) > 0);
        }
    }

    private static void Service(RenderedChart chart, YamlMappingNode service)
    {
        Assert.Contains(Text(service, "spec", "type"), (string[])["ClusterIP", "NodePort", "LoadBalancer"]);
        var selector = RenderedChart.Map(service, "spec", "selector");
        var workload = Assert.Single(
            chart.OfKind("Deployment", "StatefulSet"),
            item => selector.All(label => RenderedChart.Map(item, "spec", "template", "metadata", "labels").GetValueOrDefault(label.Key) == label.Value));
        var ports = RenderedChart.List(service, "spec", "ports");
        Ports(ports, "port");
        var container = RenderedChart.List(workload, "spec", "template", "spec", "containers")[0];
        var served = RenderedChart.List(container, "ports").Select(port => Number(RenderedChart.Node(port, "containerPort"))).ToList();
        Assert.All(ports, port => Assert.Contains(Number(RenderedChart.Node(port, "targetPort")), served));
    }

    /// <summary>Each with a name of its own, and no port twice.</summary>
    private static void Ports(List<YamlMappingNode> ports, string number)
    {
        Assert.All(ports, port =>
        {
            Assert.Matches(PortName(), Text(port, "name"));
            Assert.Contains(Text(port, "protocol"), (string[])["TCP", "UDP", "SCTP"]);
            Assert.InRange(Number(RenderedChart.Node(port, number)), 1, 65535);
        });
        Assert.Equal(ports.Count, ports.Select(port => Text(port, "name")).Distinct().Count());
        Assert.Equal(ports.Count, ports.Select(port => (Text(port, "protocol"), Text(port, number))).Distinct().Count());
    }

    private static string? Text(YamlNode node, params string[] path) => RenderedChart.Text(node, path);

    /// <summary>A number that is one in YAML, and no text.</summary>
    private static int Number(YamlNode? node)
    {
        var scalar = Assert.IsType<YamlScalarNode>(node);
        Assert.Equal(ScalarStyle.Plain, scalar.Style);
        return int.Parse(scalar.Value!, CultureInfo.InvariantCulture);
    }

    private static void Name(string? name) => Assert.Matches(Rfc1123(), name);

    private static void Labels(Dictionary<string, string> labels)
    {
        Assert.NotEmpty(labels);
        Assert.All(labels, label => Assert.Matches(LabelValue(), label.Value));
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex Rfc1123();

    [GeneratedRegex("^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$")]
    private static partial Regex LabelValue();

    [GeneratedRegex("^(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$")]
    private static partial Regex PortName();

    [GeneratedRegex("^[-._a-zA-Z0-9]+$")]
    private static partial Regex DataKey();

    [GeneratedRegex("^[0-9]+(Ki|Mi|Gi|Ti)?$")]
    private static partial Regex Quantity();
}

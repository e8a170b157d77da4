using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aspire.Hosting.Kubernetes.Tests;

/// <summary>The fields of Kubernetes that a chart may have, and their types, as its API describes them: a strict API server refuses others.</summary>
internal static class KubernetesFields
{
    private const string Object = "apiVersion:text kind:text metadata:Metadata ";

    private static readonly Dictionary<string, string> s_types = new()
    {
        ["ConfigMap"] = Object + "data:texts",
        ["Secret"] = Object + "stringData:texts type:text",
        ["Service"] = Object + "spec:ServiceSpec",
        ["Deployment"] = Object + "spec:DeploymentSpec",
        ["StatefulSet"] = Object + "spec:StatefulSetSpec",
        ["PersistentVolumeClaim"] = Object + "spec:ClaimSpec",
        ["Metadata"] = "name:text labels:texts",
        ["ServiceSpec"] = "type:text selector:texts ports:ServicePort[]",
        ["ServicePort"] = "name:text protocol:text port:number targetPort:number",
        ["DeploymentSpec"] = "template:PodTemplate selector:Selector replicas:number revisionHistoryLimit:number strategy:Strategy",
        ["StatefulSetSpec"] = "template:PodTemplate selector:Selector serviceName:text replicas:number updateStrategy:Strategy",
        ["Strategy"] = "type:text rollingUpdate:RollingUpdate",
        ["RollingUpdate"] = "maxSurge:number maxUnavailable:number",
        ["Selector"] = "matchLabels:texts",
        ["PodTemplate"] = "metadata:Metadata spec:PodSpec",
        ["PodSpec"] = "containers:Container[] volumes:Volume[]",
        ["Container"] = "name:text image:text imagePullPolicy:text command:text[] args:text[] envFrom:Source[] ports:ContainerPort[] volumeMounts:Mount[] livenessProbe:Probe readinessProbe:Probe startupProbe:Probe",
        ["Source"] = "configMapRef:Reference secretRef:Reference",
        ["Reference"] = "name:text",
        ["ContainerPort"] = "name:text protocol:text containerPort:number",
        ["Mount"] = "name:text mountPath:text readOnly:flag",
        ["Probe"] = "httpGet:Get initialDelaySeconds:number periodSeconds:number timeoutSeconds:number failureThreshold:number successThreshold:number",
        ["Get"] = "scheme:text path:text port:number",
        ["Volume"] = "name:text emptyDir:Nothing hostPath:HostPath persistentVolumeClaim:Claim",
        ["Nothing"] = "",
        ["HostPath"] = "path:text",
        ["Claim"] = "claimName:text",
        ["ClaimSpec"] = "accessModes:text[] storageClassName:text resources:Resources",
        ["Resources"] = "requests:texts",
    };

    public static void Check(YamlMappingNode item) => Check(item, RenderedChart.Text(item, "kind")!);

    private static void Check(YamlNode node, string type)
    {
        switch (type)
        {
            case [.. var element, '[', ']']:
                Assert.All(Assert.IsType<YamlSequenceNode>(node), child => Check(child, element));
                break;
            case "texts":
                Assert.All(Assert.IsType<YamlMappingNode>(node), entry => Check(entry.Value, "text"));
                break;
            case "text":
                Assert.Equal(ScalarStyle.DoubleQuoted, Assert.IsType<YamlScalarNode>(node).Style);
                break;
            case "number":
                Assert.True(int.TryParse(Plain(node), out _), $"{node} is no number.");
                break;
            case "flag":
                Assert.True(bool.TryParse(Plain(node), out _), $"{node} is neither true nor false.");
                break;
            default:
                var fields = s_types[type].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split(':')).ToDictionary(field => field[0], field => field[1]);
                foreach (var (key, value) in Assert.IsType<YamlMappingNode>(node))
                {
                    var name = ((YamlScalarNode)key).Value!;
                    Assert.True(fields.TryGetValue(name, out var own), $"{type} has no {name}.");
                    Check(value, own!);
                }

                break;
        }
    }

    private static string? Plain(YamlNode node)
    {
        var scalar = Assert.IsType<YamlScalarNode>(node);
        Assert.Equal(ScalarStyle.Plain, scalar.Style);
        return scalar.Value;
    }
}

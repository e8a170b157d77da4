namespace Aspire.Hosting.ApplicationModel;

/// <summary>The parameter takes the name of an endpoint.</summary>
[AttributeUsage(AttributeTargets.Parameter, AllowMultiple = false, Inherited = true)]
public sealed class EndpointNameAttribute : Attribute, IModelNameParameter
{
}

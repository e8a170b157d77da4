using Microsoft.AspNetCore.Components;

namespace Aspire.Dashboard.Pages;

/// <summary>
/// Makes the components of pages, none of which takes anything in its constructor. The framework's own way compiles an expression for each of
/// them, with a compiler that stays in memory.
/// </summary>
internal sealed class PlainActivator : IComponentActivator
{
    public IComponent CreateInstance(Type componentType) => (IComponent)Activator.CreateInstance(componentType)!;
}

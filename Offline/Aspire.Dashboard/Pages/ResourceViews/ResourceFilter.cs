using Aspire.Dashboard.Resources;

namespace Aspire.Dashboard.Pages.ResourceViews;

/// <summary>Which resources the page shows.</summary>
internal sealed record ResourceFilter(string? Text, IReadOnlyList<string> HiddenTypes, IReadOnlyList<string> HiddenStates, IReadOnlyList<string> HiddenHealthStates, bool ShowHidden)
{
    public static ResourceFilter From(PageContext page) =>
        new(page["q"], page.All("hiddenTypes"), page.All("hiddenStates"), page.All("hiddenHealthStates"), page["showHidden"] == "true");

    public bool IsActive => HiddenTypes.Count + HiddenStates.Count + HiddenHealthStates.Count > 0;

    public bool Matches(ResourceViewModel resource) =>
        (ShowHidden || !resource.IsHidden)
        && !HiddenTypes.Contains(resource.ResourceType)
        && !HiddenStates.Contains(resource.State ?? "")
        && !HiddenHealthStates.Contains(resource.HealthStatus ?? "")
        && (Text is null || Contains(resource.Name) || Contains(resource.DisplayName) || Contains(resource.ResourceType) || Contains(resource.State) || Contains(resource.Source));

    private bool Contains(string? value) => value?.Contains(Text!, StringComparison.OrdinalIgnoreCase) == true;
}

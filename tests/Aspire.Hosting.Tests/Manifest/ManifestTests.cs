using Manifest.Models;

namespace Manifest;

public sealed class ManifestTests
{
    public static TheoryData<string> Models => [.. ManifestModels.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_is_published_as_the_published_packages_publish_it(string model)
    {
        using var directory = new ModelDirectory();
        var manifest = Path.Combine(directory.AppHost, "manifest.json");

        ManifestModels.Publish(model, directory.AppHost, manifest);

        Assert.Equal(File.ReadAllText(ModelDirectory.Golden(model)), File.ReadAllText(manifest));
    }

    [Fact]
    public void Every_golden_file_belongs_to_a_model()
    {
        var golden = Directory.GetFiles(Path.GetDirectoryName(ModelDirectory.Golden("x"))!).Select(file => Path.GetFileName(file).Split('.')[0]);

        Assert.Equal(ManifestModels.Names.Order(StringComparer.Ordinal), golden.Order(StringComparer.Ordinal));
    }
}

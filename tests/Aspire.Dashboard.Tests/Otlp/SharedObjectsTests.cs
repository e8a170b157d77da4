using System.Text;
using Aspire.Dashboard.Otlp;

namespace Aspire.Dashboard.Tests.Otlp;

public sealed class SharedObjectsTests
{
    private readonly SharedObjects<string> _shared = new();

    [Fact]
    public void What_comes_again_is_the_same_object_from_the_third_time_on()
    {
        var (first, second, third, fourth) = (Read("http.route=/"), Read("http.route=/"), Read("http.route=/"), Read("http.route=/"));

        Assert.NotSame(first, second);
        Assert.Same(second, third);
        Assert.Same(second, fourth);
    }

    [Fact]
    public void Any_number_of_unique_ones_leaves_the_shared_ones_where_they_are()
    {
        Read("http.route=/");
        var shared = Read("http.route=/");
        for (var number = 0; number < 100_000; number++)
        {
            Assert.Equal($"counter.number={number}", Read($"counter.number={number}"));
        }

        Assert.Same(shared, Read("http.route=/"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(192)]
    public void Every_byte_tells_them_apart(int length)
    {
        var text = new string('a', length);
        Read(text);
        Read(text);
        for (var i = 0; i < length; i++)
        {
            var other = text[..i] + 'b' + text[(i + 1)..];
            Assert.Equal(other, Read(other));
        }

        Assert.Equal(text + 'a', Read(text + 'a'));
        Assert.Equal(text, Read(text));
    }

    [Fact]
    public void Long_ones_are_not_kept()
    {
        var text = new string('a', 193);
        Assert.NotSame(Read(text), Read(text));
        Assert.NotSame(Read(text), Read(text));
    }

    private string Read(string text)
    {
        var message = Encoding.UTF8.GetBytes(text);
        if (_shared.Find(message, out var hash) is { } found)
        {
            return found;
        }

        var read = Encoding.UTF8.GetString(message);
        _shared.Add(message, hash, read);
        return read;
    }
}

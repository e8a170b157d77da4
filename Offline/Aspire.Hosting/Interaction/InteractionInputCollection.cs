using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Aspire.Hosting;

/// <summary>Inputs by position and by name, without regard to case.</summary>
[Experimental("ASPIREINTERACTION001")]
public sealed class InteractionInputCollection : IReadOnlyList<InteractionInput>
{
    private readonly IReadOnlyList<InteractionInput> _inputs;
    private readonly Dictionary<string, InteractionInput> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the inputs; a name can be there only once.</summary>
    public InteractionInputCollection(IReadOnlyList<InteractionInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        _inputs = inputs;
        foreach (var input in inputs)
        {
            if (!_byName.TryAdd(input.Name, input))
            {
                throw new InvalidOperationException($"Duplicate input name '{input.Name}' found. Input names must be unique.");
            }
        }
    }

    /// <summary>The number of inputs.</summary>
    public int Count => _inputs.Count;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => _inputs.Select(input => input.Name);

    /// <summary>The input at a position.</summary>
    public InteractionInput this[int index] => _inputs[index];

    /// <summary>The input of a name.</summary>
    public InteractionInput this[string name] =>
        TryGetByName(name, out var input) ? input : throw new KeyNotFoundException($"No input with name '{name}' was found.");

    /// <summary>Looks for the input of a name.</summary>
    public bool TryGetByName(string name, [NotNullWhen(true)] out InteractionInput? input) => _byName.TryGetValue(name, out input);

    /// <summary>Whether there is an input of a name.</summary>
    public bool ContainsName(string name) => _byName.ContainsKey(name);

    /// <summary>The value of an input.</summary>
    public string? GetString(string name) => this[name].Value;

    /// <summary>The value of an input, as yes or no.</summary>
    public bool GetBoolean(string name) => bool.Parse(Value(name));

    /// <summary>The value of an input, as a number.</summary>
    public int GetInt32(string name) => int.Parse(Value(name), CultureInfo.InvariantCulture);

    /// <summary>The value of an input, as a number.</summary>
    public double GetDouble(string name) => double.Parse(Value(name), CultureInfo.InvariantCulture);

    /// <summary>The inputs as an array.</summary>
    public InteractionInput[] ToArray() => [.. _inputs];

    /// <inheritdoc />
    public IEnumerator<InteractionInput> GetEnumerator() => _inputs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string Value(string name) => this[name].Value ?? throw new InvalidOperationException($"Input '{name}' has no value.");
}

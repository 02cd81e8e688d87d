using CommandCenter.Web.DrillDown;
using CommandCenter.Web.Reading;

namespace CommandCenter.Web.PersonalData;

/// <summary>How what tells of people leaves the house: masked, or as it is when somebody who may has said why.</summary>
internal sealed class PersonMask
{
    /// <summary>What everybody gets who may see a case.</summary>
    public static readonly PersonMask On = new(isOn: true, []);

    /// <summary>Only of an answer to a reveal that stands in the trace.</summary>
    public static readonly PersonMask Off = new(isOn: false, []);

    private const int NameCharsMin = 2; // A single character stands in too many words.

    private readonly bool _isOn;
    private readonly string[] _names;

    private PersonMask(bool isOn, string[] names) => (_isOn, _names) = (isOn, names);

    /// <summary>The same for the texts of one case: the names of its people are hidden in them, too.</summary>
    public PersonMask For(IEnumerable<string> names) =>
        _isOn ? new PersonMask(isOn: true, [.. names.Select(static name => name.Trim()).Where(static name => name.Length >= NameCharsMin && PartyMask.Of(name) != name).OrderByDescending(static name => name.Length)]) : this;

    /// <summary>A name of a party or payer.</summary>
    public string Name(string name) => _isOn ? PartyMask.Of(name) : name;

    /// <summary>Several.</summary>
    public IReadOnlyList<string> Names(IReadOnlyList<string> names) => _isOn ? [.. names.Select(PartyMask.Of)] : names;

    /// <summary>A text that people wrote.</summary>
    public string Text(string text)
    {
        if (!_isOn)
        {
            return text;
        }

        text = PersonalText.Of(text);
        foreach (var name in _names)
        {
            text = text.Replace(name, PartyMask.Of(name), StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A reference that a system made.</summary>
    public string Reference(string text) => _isOn ? PersonalText.OfReference(text) : text;

    /// <summary>The same where there may be none.</summary>
    public string? ReferenceOrNull(string? text) => text is null ? null : Reference(text);

    /// <summary>A case of a list.</summary>
    public CaseItem Of(CaseItem item) => _isOn ? item with { Cause = For(item.Parties).Text(item.Cause), Parties = Names(item.Parties) } : item;
}

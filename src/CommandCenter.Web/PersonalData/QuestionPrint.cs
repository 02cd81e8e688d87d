using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CommandCenter.Web.Search;

namespace CommandCenter.Web.PersonalData;

/// <summary>
/// What the trace keeps of a text that somebody looked for: its kind, its length and a print under a key of this server. Two searches for one
/// name have the same print; nobody gets the name out of it who does not have the key.
/// </summary>
/// <remarks>A case number, or the beginning of one, names nobody and is kept as it is: it is what auditors ask for.</remarks>
internal sealed partial class QuestionPrint
{
    private const int KeyBytes = 32;
    private const int PrintBytes = 8; // Enough to tell the questions of a house apart.

    private readonly byte[] _key;

    private QuestionPrint(byte[] key) => _key = key;

    /// <summary>Opens the key of a folder, and makes it at the first start. Readable by its owner alone.</summary>
    /// <exception cref="IOException">It cannot be read or made.</exception>
    public static QuestionPrint Open(string folder)
    {
        var file = Path.Combine(folder, "question.key");
        if (!File.Exists(file))
        {
            // Under another name first: a start that is killed here must not leave half a key.
            var temporary = file + ".new";
            File.Delete(temporary);
            using (var stream = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                stream.Write(RandomNumberGenerator.GetBytes(KeyBytes));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, file);
        }

        var key = File.ReadAllBytes(file);
        return key.Length == KeyBytes ? new QuestionPrint(key) : throw new IOException($"{file} is no key of {KeyBytes} bytes.");
    }

    /// <summary>What the trace keeps of a question.</summary>
    public string Of(string text)
    {
        var plain = text.Trim();
        var kind = KindOf(plain);
        return kind == "number"
            ? "number " + plain
            : string.Create(CultureInfo.InvariantCulture, $"{kind}, {new StringInfo(plain).LengthInTextElements} characters, print {PrintOf(plain)}");
    }

    // As search compares texts, so that one name has one print however it was typed.
    private string PrintOf(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(SearchFold.Of(text)))[..PrintBytes]);

    private static string KindOf(string text) =>
        PartOfNumber().IsMatch(text) ? "number"
        : text.All(static letter => char.IsDigit(letter) || letter is 'x' or 'X' or ' ' or '-') ? "digits"
        : text.All(static letter => char.IsAsciiLetter(letter) || letter == ' ') ? "letters"
        : "name";

    // A running number has at most 8 digits; a telephone or identity number has more.
    [GeneratedRegex(@"^(?:[(（]?\d{4}[)）]?)?(?:[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川贵云陕甘青内桂藏宁新军兵]\d{0,4})?(?:(?:执[恢保异复监协他请]?|财保|委执)(?:\d{1,8}号?)?)?$|^\d{1,8}号?$")]
    private static partial Regex PartOfNumber();
}

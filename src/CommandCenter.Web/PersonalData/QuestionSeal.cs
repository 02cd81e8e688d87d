using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CommandCenter.Web.Reading;
using CommandCenter.Web.Search;
using Microsoft.AspNetCore.DataProtection;

namespace CommandCenter.Web.PersonalData;

/// <summary>
/// What somebody looks for, closed so that it can stand in a URL: who searches for a person types his name, and URLs are kept by browsers,
/// proxies and access logs. Nothing is remembered here; a restarted server opens what it sealed before, for as long as it lasts.
/// </summary>
internal sealed class QuestionSeal(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long a sealed question can be asked: the working day of whoever got the link from a colleague.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private const int CharsMax = 2_000;

    private static readonly QueryFault s_tooOld = new(
        StatusCodes.Status400BadRequest, "query.bad-ask", "What was looked for stands sealed in this link, and the seal is too old or not ours; ask again.");

    private readonly IDataProtector _protector = protection.CreateProtector("question-in-url");

    /// <summary>Closes a text. The same text is another seal each time.</summary>
    public string Seal(string text)
    {
        var plain = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteInt64BigEndian(plain, (time.GetUtcNow() + Life).ToUnixTimeSeconds());
        _ = Encoding.UTF8.GetBytes(text, plain.AsSpan(sizeof(long)));
        return Base64Url.EncodeToString(_protector.Protect(plain));
    }

    /// <summary>Opens a seal; <see langword="null"/> when it is none of ours or too old.</summary>
    public string? Open(string seal)
    {
        if (seal.Length > CharsMax || !Base64Url.IsValid(seal))
        {
            return null;
        }

        try
        {
            var plain = _protector.Unprotect(Base64Url.DecodeFromChars(seal));
            return plain.Length >= sizeof(long) && BinaryPrimitives.ReadInt64BigEndian(plain) >= time.GetUtcNow().ToUnixTimeSeconds()
                ? Encoding.UTF8.GetString(plain, sizeof(long), plain.Length - sizeof(long))
                : null;
        }
        catch (CryptographicException)
        {
            return null; // Changed on the way, or made with a key that is gone.
        }
    }

    /// <summary>The parameters of a list with the text that is sealed in them, or what is wrong.</summary>
    public (CaseParameters? Asked, QueryFault? Fault) Open(CaseParameters asked) =>
        asked.Ask is not { Length: > 0 } seal ? (asked, null) : Open(seal) is { } text ? (asked with { Query = text, Ask = null }, null) : (null, s_tooOld);

    /// <summary>Answers a list whose text may be sealed.</summary>
    public Task<IResult> AnswerAsync(CaseParameters asked, Func<CaseParameters, Task<IResult>> answer)
    {
        var (open, fault) = Open(asked);
        return open is null ? Task.FromResult(fault!.ToResult()) : answer(open);
    }

    /// <summary>The parameters of a search with the text that is sealed in them, or what is wrong.</summary>
    public (SearchParameters? Asked, QueryFault? Fault) Open(SearchParameters asked) =>
        asked.Ask is not { Length: > 0 } seal ? (asked, null) : Open(seal) is { } text ? (asked with { Query = text, Ask = null }, null) : (null, s_tooOld);
}

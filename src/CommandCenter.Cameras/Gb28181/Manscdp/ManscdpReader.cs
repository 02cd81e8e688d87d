using System.Text;
using System.Xml;

namespace CommandCenter.Cameras.Gb28181.Manscdp;

/// <summary>
/// Reads the XML of devices safely (GB/T 28181-2016, annex A): no DTD, no entity, and limits on everything. Their charset is what the prolog says,
/// and where that is GB2312 or GBK they send what only GB18030 holds; where it says nothing, many send that, too.
/// </summary>
internal static class ManscdpReader
{
    public const int BytesMax = 65_535;
    private const int DepthMax = 8;
    private const int ElementCountMax = 8_192;
    private const int PrologBytesMax = 128;
    private const int Gb18030CodePage = 54936;

    private static readonly Encoding s_utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding s_gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(Gb18030CodePage)!;

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = BytesMax,
        MaxCharactersFromEntities = 1,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = true,
    };

    /// <summary>Reads a body; <see langword="null"/> when it is no document or breaks a limit. Never throws.</summary>
    public static ManscdpElement? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length is 0 or > BytesMax || Decode(body) is not { } text)
        {
            return null;
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(text), s_settings);
            return ReadRoot(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static ManscdpElement? ReadRoot(XmlReader reader)
    {
        var open = new Stack<ManscdpElement>();
        var count = 0;
        ManscdpElement? root = null;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var element = new ManscdpElement(reader.LocalName);
                    if (++count > ElementCountMax || open.Count >= DepthMax)
                    {
                        return null;
                    }

                    if (open.TryPeek(out var parent))
                    {
                        parent.Children.Add(element);
                    }

                    root ??= element;
                    if (!reader.IsEmptyElement)
                    {
                        open.Push(element);
                    }

                    break;
                case XmlNodeType.EndElement:
                    _ = open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when open.TryPeek(out var owner):
                    owner.Text = (owner.Text + reader.Value).Trim();
                    break;
                default:
                    break;
            }
        }

        return root;
    }

    private static string? Decode(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
        {
            body = body[3..];
        }

        // <?xml version="1.0" encoding="GB2312" ?>
        var prolog = Encoding.Latin1.GetString(body[..Math.Min(body.Length, PrologBytesMax)]);
        prolog = prolog[..(prolog.IndexOf("?>", StringComparison.Ordinal) + 1)];
        var isChinese = prolog.Contains("gb", StringComparison.OrdinalIgnoreCase);
        if (prolog.Contains("utf-16", StringComparison.OrdinalIgnoreCase) || body.Contains((byte)0))
        {
            return null;
        }

        if (!isChinese)
        {
            try
            {
                return s_utf8.GetString(body).Trim();
            }
            catch (DecoderFallbackException)
            {
                // It says UTF-8, or nothing, and is not.
            }
        }

        return s_gb18030.GetString(body).Trim();
    }
}

using System.Text;
using CommandCenter.Cameras.Gb28181;
using CommandCenter.Cameras.Gb28181.Manscdp;

namespace CommandCenter.Cameras.Tests.Gb28181.Manscdp;

public sealed class ManscdpReaderTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly GbServerOptions s_options = new() { ServerId = FakeHost.ServerId };

    [Theory]
    [InlineData("GB2312", "GB18030")]
    [InlineData("gb18030", "GB18030")]
    [InlineData("GBK", "GB18030")]
    [InlineData("UTF-8", "UTF-8")]
    [InlineData("UTF-8", "GB18030")] // It lies.
    [InlineData(null, "GB18030")] // It does not say.
    [InlineData(null, "UTF-8")]
    public void A_name_is_read_in_the_charset_that_the_device_writes(string? declared, string written)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(written) ?? Encoding.GetEncoding(written);
        var text = $"<?xml version=\"1.0\"{(declared is null ? "" : $" encoding=\"{declared}\"")}?><Response><Name>执行指挥中心㐀大门</Name></Response>";

        Assert.Equal("执行指挥中心㐀大门", ManscdpReader.Read(encoding.GetBytes(text))?.TextOf("Name"));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><Notify>&a;</Notify>")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><Notify/>")]
    [InlineData("<Notify><CmdType>Keepalive</Notify>")]
    [InlineData("<a><b><c><d><e><f><g><h><i>deep</i></h></g></f></e></d></c></b></a>")]
    [InlineData("<Notify>&#x0;</Notify>")]
    [InlineData("Keepalive")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?><Notify/>")]
    [InlineData("")]
    public void Hostile_and_broken_documents_are_none(string text) => Assert.Null(ManscdpReader.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_document_of_too_many_elements_is_none() =>
        Assert.Null(ManscdpReader.Read(Encoding.ASCII.GetBytes($"<a>{string.Concat(Enumerable.Repeat("<b/>", 9_000))}</a>")));

    [Fact]
    public void The_catalog_and_the_status_of_other_makers_are_read()
    {
        var files = SharedFiles.All("xml", "*.xml").ToDictionary(file => file.Name, file => ManscdpReader.Read(file.Data)!);

        var channel = ManscdpValues.Channel(files["catalog_template_lunasaw.xml"].Child("DeviceList")!.Child("Item")!);
        var status = ManscdpValues.Status(files["deviceStatus_lunasaw.xml"]);

        Assert.Equal(new GbChannel("33010602011187000001", "Camera", "HIKVISION", "Model", "33010602011187000001", true, 121.472644, 31.231706), channel);
        Assert.Equal(new GbDeviceStatus(IsOnline: true, IsWorking: true, IsRecording: null, Reason: null), status);
    }

    [Theory]
    [InlineData("121.47", "31.23", "2026-03-02T09:00:00", true)]
    [InlineData("-180", "90", "2026-03-02T08:59:59.5", true)]
    [InlineData("121.47", "31.23", "2026-03-02T01:00:00Z", true)]
    [InlineData("180.1", "31.23", "2026-03-02T09:00:00", false)]
    [InlineData("121.47", "-90.5", "2026-03-02T09:00:00", false)]
    [InlineData("NaN", "31.23", "2026-03-02T09:00:00", false)]
    [InlineData("121.47", "Infinity", "2026-03-02T09:00:00", false)]
    [InlineData("1e400", "31.23", "2026-03-02T09:00:00", false)]
    [InlineData("0", "0.0", "2026-03-02T09:00:00", false)]
    [InlineData("", "31.23", "2026-03-02T09:00:00", false)]
    [InlineData("121.47", "31.23", "2026-03-02T09:06:00", false)]
    [InlineData("121.47", "31.23", "2026-02-28T09:00:00", false)]
    [InlineData("121.47", "31.23", "0001-01-01T00:00:00", false)]
    [InlineData("121.47", "31.23", "yesterday", false)]
    public void A_position_is_believed_only_within_its_ranges(string longitude, string latitude, string time, bool isBelieved)
    {
        var document = ManscdpReader.Read(Encoding.ASCII.GetBytes(
            $"<Notify><DeviceID>{FakeHost.IdOf(1)}</DeviceID><Time>{time}</Time><Longitude>{longitude}</Longitude><Latitude>{latitude}</Latitude><Speed>-3</Speed></Notify>"))!;

        var position = ManscdpValues.Position(document, FakeHost.IdOf(1), s_options, s_now);

        Assert.Equal(isBelieved, position is not null);
        Assert.Null(position?.SpeedKmh);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Changed_bytes_never_break_the_reader(int seed)
    {
        var random = new Random(seed);
        var originals = SharedFiles.All("xml", "*.xml");
        for (var round = 0; round < 3_000; round++)
        {
            if (ManscdpReader.Read(Mutation.Of(originals[random.Next(originals.Count)].Data, random)) is { } document)
            {
                _ = ManscdpValues.Position(document, FakeHost.IdOf(1), s_options, s_now);
                _ = ManscdpValues.Alarm(document, FakeHost.IdOf(1), s_options);
                _ = ManscdpValues.Channel(document);
            }
        }
    }
}

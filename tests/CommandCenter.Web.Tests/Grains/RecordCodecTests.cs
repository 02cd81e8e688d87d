using CommandCenter.Domain;
using CommandCenter.Domain.Cases;
using CommandCenter.Domain.Officers;
using CommandCenter.Testing;
using CommandCenter.Testing.Cases;
using CommandCenter.Web.Grains;

namespace CommandCenter.Web.Tests.Grains;

public sealed class RecordCodecTests
{
    private readonly TextPool _texts = new();
    private readonly RecordCodec _codec;

    public RecordCodecTests() => _codec = new RecordCodec(ShippedConfig.Courts, _texts);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_record_reads_back_as_it_was_written(int seed)
    {
        foreach (var record in new RandomRecords(seed).All())
        {
            Assert.Equal(TextOf(record), TextOf(_codec.Read(BytesOf(to => RecordCodec.Write(to, record)))));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_state_reads_back_as_it_was_written_to_its_last_byte(int seed)
    {
        foreach (var state in new RandomRecords(seed).States())
        {
            var from = new ByteReader(BytesOf(to => RecordCodec.WriteState(to, state)), _texts);

            Assert.Equal(StateText.Of(state), StateText.Of(RecordCodec.ReadState(ref from)));
            Assert.True(from.IsAtEnd);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_officer_reads_back_as_it_was_written_to_the_last_byte(int seed)
    {
        var officer = new RandomRecords(seed).Officer();
        var from = new ByteReader(BytesOf(to => RecordCodec.WriteOfficer(to, officer)), _texts);

        Assert.Equal(officer, RecordCodec.ReadOfficer(ref from));
        Assert.True(from.IsAtEnd);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_message_reads_back_as_it_was_written_to_its_last_byte(int seed)
    {
        foreach (var command in new RandomRecords(seed).Messages())
        {
            var from = new ByteReader(BytesOf(to => RecordCodec.WriteMessageCommand(to, command)), _texts);

            Assert.Equal(StateText.Of(command), StateText.Of(RecordCodec.ReadMessageCommand(ref from)));
            Assert.True(from.IsAtEnd);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_record_cut_short_is_refused_at_every_length(int seed)
    {
        foreach (var record in new RandomRecords(seed).All())
        {
            var whole = BytesOf(to => RecordCodec.Write(to, record));
            for (var length = 0; length < whole.Length; length += 1 + (whole.Length / 50))
            {
                Assert.Throws<CorruptJournalException>(() => _codec.Read(whole.AsSpan(0, length)));
            }
        }
    }

    [Fact]
    public void Every_event_that_a_case_or_an_officer_knows_is_written_and_read()
    {
        var records = new RandomRecords(1);

        Assert.Equal(Family<CaseEvent>(), records.CaseEvents().Select(@event => @event.GetType().Name).Order());
        Assert.Equal(Family<OfficerEvent>(), records.OfficerEvents().Select(@event => @event.GetType().Name).Order());
        Assert.Equal(Family<CaseState>().Where(name => name != nameof(CaseState.NotFiled)), records.States().Select(state => state.GetType().Name).Order());
        Assert.Equal(Family<GrainRecord>(), records.All().Select(record => record.GetType().Name).Distinct().Order());
    }

    /// <summary>A property that the random records leave at its default would be lost on disk without any test above noticing.</summary>
    [Fact]
    public void Every_property_of_a_file_takes_part_in_the_random_records()
    {
        var files = Enumerable.Range(1, 50).SelectMany(seed => new RandomRecords(seed).States()).Select(state => state.FileOrNull!).ToArray();

        Assert.All(typeof(CaseFile).GetProperties(), property => Assert.True(
            files.Select(file => property.GetValue(file) is { } value ? StateText.Of(value) : "none").Distinct().Count() > 5, property.Name));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("04")]
    [InlineData("FF")]
    public void A_record_of_an_unknown_tag_is_refused(string tag) =>
        Assert.Throws<CorruptJournalException>(() => _codec.Read(Convert.FromHexString(tag + "0000000000000000")));

    [Fact]
    public void Equal_texts_of_two_records_are_one_string()
    {
        var @event = new CaseEvent.CaseAssigned("承办人甲", TestCalendar.Day(0), Irregularities.None);
        var bytes = BytesOf(to => RecordCodec.Write(to, new GrainRecord.OfCase(
            TestCalendar.Day(0), Envelope: null, Delivery: null, NewCase.Number(), ChainLink.None, @event)));

        var first = (CaseEvent.CaseAssigned)((GrainRecord.OfCase)_codec.Read(bytes)).Event;
        var second = (CaseEvent.CaseAssigned)((GrainRecord.OfCase)_codec.Read(bytes)).Event;

        Assert.Same(first.Handler, second.Handler);
    }

    /// <summary>Journals live for decades. Whoever reorders or changes a tag or a field finds out here, and not in a court's history.</summary>
    [Theory]
    [MemberData(nameof(PinnedRecords.Names), MemberType = typeof(PinnedRecords))]
    public void The_bytes_of_a_record_are_pinned(string name)
    {
        var (record, hex) = PinnedRecords.Of(name);

        AssertPinned(hex, BytesOf(to => RecordCodec.Write(to, record)));
        Assert.Equal(TextOf(record), TextOf(_codec.Read(Convert.FromHexString(hex))));
    }

    [Theory]
    [MemberData(nameof(PinnedRecords.StateNames), MemberType = typeof(PinnedRecords))]
    public void The_bytes_of_a_passive_state_are_pinned(string name)
    {
        var (state, hex) = PinnedRecords.StateOf(name);

        AssertPinned(hex, BytesOf(to => RecordCodec.WriteState(to, state)));
        var from = new ByteReader(Convert.FromHexString(hex), _texts);
        Assert.Equal(StateText.Of(state), StateText.Of(RecordCodec.ReadState(ref from)));
    }

    [Fact]
    public void A_record_of_every_kind_of_event_is_pinned()
    {
        Assert.Equal(
            Family<CaseEvent>().Concat(Family<OfficerEvent>()).Order(),
            PinnedRecords.All.Select(pinned => pinned.Record switch
            {
                GrainRecord.OfCase record => record.Event.GetType().Name,
                GrainRecord.OfOfficer record => record.Event.GetType().Name,
                _ => null,
            }).OfType<string>().Distinct().Order());
    }

    private static IEnumerable<string> Family<T>() =>
        typeof(T).GetNestedTypes(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
            .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract).Select(type => type.Name).Order();

    // Whole, not shortened as by Assert.Equal: whoever adds a record takes its bytes from here.
    private static void AssertPinned(string hex, byte[] bytes)
    {
        if (Convert.ToHexString(bytes) != hex)
        {
            Assert.Fail($"Pinned are {hex} and written is {Convert.ToHexString(bytes)}");
        }
    }

    private static byte[] BytesOf(Action<ByteWriter> write)
    {
        var writer = new ByteWriter();
        write(writer);
        return writer.Written.ToArray();
    }

    // An abstract property prints only what its declared type has, so what hangs on it is printed by itself.
    private static string TextOf(GrainRecord record) => StateText.Of(record) + record switch
    {
        GrainRecord.OfCase r => StateText.Of(r.Event),
        GrainRecord.OfOfficer r => StateText.Of(r.Event),
        GrainRecord.OfDelivery { Forwarded: { } forwarded } => StateText.Of(forwarded),
        _ => "",
    };
}

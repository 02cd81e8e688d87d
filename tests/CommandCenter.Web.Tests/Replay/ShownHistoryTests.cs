using CommandCenter.Testing;
using CommandCenter.Web.Replay;
using CommandCenter.Web.Tests.Wall;
using CommandCenter.Web.Wall;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CommandCenter.Web.Tests.Replay;

public sealed class ShownHistoryTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 1, 0, 0, 250, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new(s_start);
    private ReplayOptions _options = new();
    private ShownHistory _history;

    public ShownHistoryTests() => _history = Open();

    public static TheoryData<int> Seeds => [1, 2, 3];

    private string Folder => Path.Combine(_directory.Path, "replay");

    private string File_ => Path.Combine(Folder, HistoryDatabase.FileName);

    /// <summary>Twenty-five minutes of anything, with commits now and then and a kill in between.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_second_is_told_again_as_it_was_shown(int seed)
    {
        var random = new Random(seed);
        var pictures = new RandomPictures(seed);
        var shown = new List<(DateTimeOffset At, string Image)>();
        IReadOnlyList<ShownPart> parts = [];
        for (var second = 0; second < 1_500; second++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(900 + random.Next(200)));
            var picture = pictures.Next(_time.GetUtcNow());
            var looked = pictures.NextParts() ?? (second == 778 ? parts : null); // A new process looks at once.
            parts = looked ?? parts;
            _history.Take(picture, _time.GetUtcNow(), looked);
            shown.Add((_time.GetUtcNow(), RandomPictures.Image(new ShownPicture(_time.GetUtcNow(), picture, parts.ToDictionary(part => part.Name)))));
            if (random.Next(5) == 0)
            {
                Assert.True(_history.Flush());
            }

            if (second == 777)
            {
                Assert.True(_history.Flush());
                Kill();
            }
        }

        var forward = new HistoryCursor(_history);
        Assert.All(shown, picture => Assert.Equal(picture.Image, RandomPictures.Image(forward.MoveTo(picture.At).Picture!)));
        for (var i = 0; i < 150; i++)
        {
            var place = random.Next(shown.Count - 1);
            var between = shown[place].At + ((shown[place + 1].At - shown[place].At) * random.NextDouble() * 0.99);
            var moment = new HistoryCursor(_history).MoveTo(between);
            Assert.Equal((shown[place].At, shown[place].Image), (moment.Picture!.At, RandomPictures.Image(moment.Picture)));
            Assert.Null(moment.Gap);
        }
    }

    [Fact]
    public void A_moment_before_the_first_picture_has_none()
    {
        Show(3);

        var moment = At(s_start.AddSeconds(-1));

        Assert.Null(moment.Picture);
        Assert.Null(moment.Gap);
    }

    [Fact]
    public void A_kill_loses_what_was_not_committed_and_the_time_is_a_gap_with_both_its_ends()
    {
        Show(60);
        Assert.True(_history.Flush());
        var committed = _time.GetUtcNow();
        Show(4); // Never written.

        Kill();
        _time.Advance(TimeSpan.FromMinutes(7));
        Show(1);
        var back = _time.GetUtcNow();
        Show(20);

        var gap = Assert.Single(_history.GapsIn(s_start, _time.GetUtcNow()));
        Assert.Equal((committed, back, GapReason.Stopped), (gap.From, gap.To, gap.Reason));
        var within = At(committed.AddMinutes(3));
        Assert.Equal(gap, within.Gap);
        Assert.Equal(committed, within.Picture!.At);
        Assert.Null(At(committed).Gap);
        Assert.Null(At(back).Gap);
        Assert.Equal(back, At(back).Picture!.At);
    }

    [Fact]
    public void Gaps_are_there_after_a_restart_too()
    {
        Show(30);
        Assert.True(_history.Flush());
        Kill();
        _time.Advance(TimeSpan.FromHours(1));
        Show(30);
        Assert.True(_history.Flush());
        var before = _history.GapsIn(s_start, _time.GetUtcNow());

        Kill();
        Show(2);

        Assert.Equal(before, _history.GapsIn(s_start, _time.GetUtcNow()));
    }

    [Fact]
    public void A_machine_that_slept_leaves_a_gap_of_its_own_kind()
    {
        Show(10);
        _time.Advance(TimeSpan.FromMinutes(2));
        Show(10);

        Assert.Equal(GapReason.Silent, Assert.Single(_history.GapsIn(s_start, _time.GetUtcNow())).Reason);
    }

    [Fact]
    public void Nothing_recorded_up_to_now_is_a_gap_that_is_still_open()
    {
        Show(10);
        var last = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(30));

        var moment = At(last.AddSeconds(20));

        Assert.Equal((last, GapReason.Now), (moment.Gap!.From, moment.Gap.Reason));
        Assert.Null(At(last.AddSeconds(5)).Gap); // A picture may be some seconds old without anything being wrong.
    }

    [Fact]
    public void A_clock_that_is_set_back_tells_nothing_twice()
    {
        Show(10);
        var state = _history.State;

        _history.Take(new MovingCity(_time).Read(), _time.GetUtcNow().AddSeconds(-3));

        Assert.Equal(state with { Skipped = 1 }, _history.State);
    }

    [Fact]
    public void Pictures_older_than_the_limit_are_dropped_and_their_gaps_with_them()
    {
        Show(400);
        Assert.True(_history.Flush());
        Kill();
        _time.Advance(TimeSpan.FromDays(200));
        Show(400);
        Assert.True(_history.Flush());
        Assert.Single(_history.GapsIn(s_start, _time.GetUtcNow()));

        _time.Advance(TimeSpan.FromDays(399));
        Show(400);
        Assert.True(_history.Flush());

        Assert.Equal(s_start.AddDays(200).Date, _history.State.First!.Value.Date);
        Assert.Null(At(s_start.AddSeconds(100)).Picture);
        Assert.Equal([GapReason.Silent], _history.GapsIn(s_start, _time.GetUtcNow()).Select(gap => gap.Reason));
    }

    [Fact]
    public void A_recording_that_outgrows_its_limit_loses_its_oldest_hours()
    {
        _options = new ReplayOptions { MebibytesMax = 1 };
        Kill();
        var pictures = new RandomPictures(1);
        for (var second = 0; second < 5_400 || _history.State.First == s_start.AddSeconds(1); second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _history.Take(pictures.Next(_time.GetUtcNow()), _time.GetUtcNow());
            Assert.True(second < 40_000, "Nothing is ever dropped.");
            if (second % 300 == 0)
            {
                Assert.True(_history.Flush());
            }
        }

        var state = _history.State;
        Assert.InRange(state.SizeBytes, 100_000, 3 * 1024 * 1024);
        Assert.True(state.First > s_start.AddMinutes(4), $"The first picture is of {state.First}.");
        Assert.NotNull(At(state.First!.Value).Picture);
        Assert.Null(At(state.First.Value.AddSeconds(-1)).Picture);
    }

    [Fact]
    public void A_file_that_is_no_database_is_put_aside_and_a_new_recording_begins()
    {
        Show(10);
        Assert.True(_history.Flush());
        _history.Dispose();
        File.WriteAllText(File_, new string('x', 10_000));
        File.Delete(File_ + "-wal");

        _history = Open();
        Show(10);

        Assert.True(_history.Flush());
        Assert.Contains("shown.db.damaged-", _history.State.PutAside, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Folder, "shown.db.damaged-*Z"));
        Assert.NotNull(At(_time.GetUtcNow()).Picture);
    }

    [Fact]
    public void One_damaged_block_is_a_gap_and_its_neighbours_are_told()
    {
        Show(900);
        Assert.True(_history.Flush());
        using (var connection = new SqliteConnection($"Data Source={File_};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE blocks SET body = randomblob(length(body)) WHERE first = (SELECT first FROM blocks ORDER BY first LIMIT 1 OFFSET 1)";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        Assert.Equal(GapReason.Damaged, At(s_start.AddSeconds(400)).Gap!.Reason);
        Assert.NotNull(At(s_start.AddSeconds(100)).Picture);
        Assert.NotNull(At(s_start.AddSeconds(800)).Picture);
    }

    [Fact]
    public void While_the_file_is_held_pictures_wait_and_are_written_later()
    {
        Show(10);
        Assert.True(_history.Flush());
        using (var connection = new SqliteConnection($"Data Source={File_};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TRIGGER full BEFORE INSERT ON pieces BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END";
            _ = command.ExecuteNonQuery();
            Show(10);

            Assert.False(_history.Flush());
            Assert.Contains("full", _history.State.Fault, StringComparison.Ordinal);
            Assert.Equal(_time.GetUtcNow(), At(_time.GetUtcNow()).Picture!.At); // Those who look now see them all the same.
            command.CommandText = "DROP TRIGGER full";
            _ = command.ExecuteNonQuery();
        }

        Assert.True(_history.Flush());
        Assert.Null(_history.State.Fault);
        Kill();
        Assert.Empty(_history.GapsIn(s_start, _time.GetUtcNow()));
        Assert.Equal(_time.GetUtcNow(), At(_time.GetUtcNow()).Picture!.At);
    }

    [Fact]
    public void What_could_not_be_kept_in_memory_either_becomes_a_gap_with_its_reason()
    {
        Show(10);
        Assert.True(_history.Flush());
        var written = _time.GetUtcNow();
        _history.Dispose();
        File.Move(File_, File_ + ".away");
        _ = Directory.CreateDirectory(File_); // Nothing can be opened here.
        _options = new ReplayOptions { WaitingMebibytesMax = 1 };
        _history = Open();
        Assert.NotNull(_history.State.Fault);
        var pictures = new RandomPictures(3);
        var second = 0;
        do
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _history.Take(pictures.Next(_time.GetUtcNow()), _time.GetUtcNow());
            Assert.False(_history.Flush());
            Assert.True(++second < 10_000, "Pictures pile up in memory.");
        }
        while (_history.State.Last is not null);

        Directory.Delete(File_);
        File.Move(File_ + ".away", File_);
        Show(1);
        var back = _time.GetUtcNow();
        Assert.True(_history.Flush());

        var gap = Assert.Single(_history.GapsIn(s_start, _time.GetUtcNow()));
        Assert.Equal((written, back, GapReason.NotWritten), (gap.From, gap.To, gap.Reason));
        Assert.Equal(written, At(written.AddMinutes(1)).Picture!.At);
    }

    [Fact]
    public void Alarms_are_found_again_by_their_time()
    {
        Show(5);
        var violated = new MovingCity(_time).Read() with { Proof = new ProofMark(ProofMark.Violated, null, "沪0115 pending: 3 ≠ 4") };
        _time.Advance(TimeSpan.FromSeconds(1));
        var at = _time.GetUtcNow();
        _history.Take(violated, at);
        Show(5);
        var unsaved = _history.EventsIn(s_start, _time.GetUtcNow(), 10);

        Assert.True(_history.Flush());

        Assert.Equal(
            [(at, NotableEvent.IdentityViolated, "沪0115 pending: 3 ≠ 4"), (at.AddSeconds(1), NotableEvent.IdentityHolds, "")],
            _history.EventsIn(s_start, _time.GetUtcNow(), 10).Select(one => (one.At, one.Kind, one.Detail)));
        Assert.Equal(unsaved, _history.EventsIn(s_start, _time.GetUtcNow(), 10));
    }

    public void Dispose()
    {
        _history.Dispose();
        _directory.Dispose();
    }

    private ShownHistory Open() => new(_options, Folder, _time, NullLogger.Instance);

    private void Kill()
    {
        _history.Dispose();
        _history = Open();
    }

    private void Show(int seconds)
    {
        var city = new MovingCity(_time);
        for (var second = 0; second < seconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _history.Take(city.Read(), _time.GetUtcNow());
        }
    }

    private HistoryMoment At(DateTimeOffset at) => new HistoryCursor(_history).MoveTo(at);
}

namespace CommandCenter.Web.Replay;

/// <summary>A moment of the recording.</summary>
/// <param name="At">The moment.</param>
/// <param name="Picture">What the walls showed then; in a gap what they had shown last. <see langword="null"/> before the first picture.</param>
/// <param name="Gap">The gap in which the moment lies.</param>
internal sealed record HistoryMoment(DateTimeOffset At, ShownPicture? Picture, HistoryGap? Gap);

/// <summary>Finds pictures. Going forward it reads on where it is; any other way it opens the block of the moment. For one thread.</summary>
internal sealed class HistoryCursor(ShownHistory history)
{
    private PictureReader? _reader;
    private PictureBlock? _block;
    private ShownPicture? _picture;

    /// <summary>The moment, and what was shown.</summary>
    public HistoryMoment MoveTo(DateTimeOffset at)
    {
        var ms = at.ToUnixTimeMilliseconds();
        var gap = history.GapAt(at);
        try
        {
            if (_reader is null || ms < _reader.At || !IsInBlock(ms))
            {
                Load(ms);
            }

            if (_reader is null)
            {
                return new HistoryMoment(at, null, gap);
            }

            while (_reader.NextAt() <= ms)
            {
                _reader.Read();
            }

            if (_picture is null || !ReferenceEquals(_picture.Figures, _reader.Figures))
            {
                _picture = new ShownPicture(DateTimeOffset.FromUnixTimeMilliseconds(_reader.At), _reader.Figures, _reader.Parts);
            }

            return new HistoryMoment(at, _picture, gap);
        }
        catch (InvalidDataException)
        {
            // One block is lost, no more. Its neighbours decode by themselves.
            var (first, last) = _block is { } block ? (block.First, block.Last) : (ms, ms);
            _reader = null;
            _block = null;
            return new HistoryMoment(at, null, new HistoryGap(DateTimeOffset.FromUnixTimeMilliseconds(first), DateTimeOffset.FromUnixTimeMilliseconds(last), GapReason.Damaged));
        }
    }

    // Beyond its last picture another block may have begun, and the last block of all may have grown.
    private bool IsInBlock(long ms) => _block is not null && ms >= _block.First && ms <= _block.Last;

    private void Load(long ms)
    {
        var block = history.BlockAt(ms);
        if (block is not null && _block is not null && block.First == _block.First && block.Last == _block.Last && _reader is not null && _reader.At <= ms)
        {
            return;
        }

        _reader = null;
        _block = block;
        if (block is not null)
        {
            _reader = new PictureReader(block.Bytes);
            _reader.Read();
        }
    }
}

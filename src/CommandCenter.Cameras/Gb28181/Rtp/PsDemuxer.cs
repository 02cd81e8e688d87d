using System.Buffers.Binary;
using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Gb28181.Rtp;

/// <summary>
/// Takes the video out of an MPEG program stream (ISO/IEC 13818-1, 2.5; GB/T 28181-2016, annex C). A picture ends where the next time begins, or with a
/// marked packet where the device marks its last ones rightly. After a loss, or bytes that are no stream, all is left out until the next pack.
/// </summary>
internal sealed class PsDemuxer(IPictureReceiver receiver) : IRtpReceiver
{
    /// <summary>The longest picture, bytes. A key picture of 4K at the highest quality is a quarter of it.</summary>
    public const int PictureBytesMax = 8 * 1024 * 1024;

    private const int EndlessBytesMax = 1024 * 1024; // It is searched anew with each packet.
    private const byte ProgramEnd = 0xB9;
    private const byte PackHeader = 0xBA;
    private const byte StreamMap = 0xBC;
    private const byte FirstVideo = 0xE0;
    private const byte LastVideo = 0xEF;
    private const byte TypeH264 = 0x1B;
    private const byte TypeH265 = 0x24;
    private const long TimeMask = (1L << 33) - 1;

    private readonly ByteBuffer _waiting = new(PictureBytesMax);
    private readonly ByteBuffer _picture = new(PictureBytesMax);
    private VideoCodec? _codec;
    private byte _videoId;
    private long _pts;
    private long? _dts;
    private uint _timestamp; // Of the packet in which the picture began.
    private uint _now;
    private bool _isAligned;
    private bool _hasTime;
    private bool _hasPts;
    private bool _isMarkTrusted = true;
    private bool _endedByMark;

    /// <summary>Stream type of the map that was neither H.264 nor H.265; 0 while there was none.</summary>
    public byte UnknownType { get; private set; }

    public void Receive(uint timestamp, bool isMarked, ReadOnlySpan<byte> payload)
    {
        _now = timestamp;
        if (!_waiting.Add(payload))
        {
            Lose();
            return;
        }

        var used = 0;
        while (Step(_waiting.Span[used..]) is > 0 and var length)
        {
            used += length;
        }

        _waiting.Remove(used);
        if (isMarked && _isMarkTrusted && _waiting.Length == 0 && _picture.Length > 0)
        {
            Flush();
            _endedByMark = true;
        }
    }

    public void Lose()
    {
        receiver.Lose(isBroken: _isAligned && (_picture.Length > 0 || _waiting.Length > 0)); // Of one picture, once.
        _waiting.Clear();
        _picture.Clear();
        _isAligned = false;
        _endedByMark = false;
    }

    // Length of what could be read; 0 while more is needed.
    private int Step(ReadOnlySpan<byte> data)
    {
        if (!_isAligned)
        {
            return Align(data);
        }

        if (data.Length < 4)
        {
            return 0;
        }

        if (data[0] != 0 || data[1] != 0 || data[2] != 1 || data[3] < ProgramEnd)
        {
            // Between two of its parts a stream may be padded with zeros, and by some devices is. Anything else is no stream.
            if (data[0] == 0 && data[1] == 0 && (data[2] == 0 || (data[2] == 1 && data[3] == 0)))
            {
                return 1;
            }

            Break();
            return 1;
        }

        return data[3] switch
        {
            ProgramEnd => 4,
            PackHeader => PackLength(data),
            _ => Packet(data),
        };
    }

    private int Align(ReadOnlySpan<byte> data)
    {
        var pack = data.IndexOf([(byte)0, (byte)0, (byte)1, PackHeader]);
        if (pack < 0)
        {
            return Math.Max(0, data.Length - 3); // Its first bytes may have come.
        }

        _isAligned = true;
        return pack > 0 ? pack : Step(data);
    }

    private static int PackLength(ReadOnlySpan<byte> data)
    {
        if (data.Length < 5)
        {
            return 0;
        }

        var length = data[4] >> 6 == 0b01 ? 14 : 12; // MPEG-2; MPEG-1.
        if (data.Length < length)
        {
            return 0;
        }

        var whole = length == 14 ? length + (data[13] & 0x07) : length;
        return data.Length < whole ? 0 : whole;
    }

    private int Packet(ReadOnlySpan<byte> data)
    {
        if (data.Length < 6)
        {
            return 0;
        }

        var id = data[3];
        var isVideo = id is >= FirstVideo and <= LastVideo;
        var length = BinaryPrimitives.ReadUInt16BigEndian(data[4..]) + 6;
        if (length == 6 && isVideo)
        {
            // No length: some devices send pictures of more than 64 KiB so. No NAL unit begins with a byte as high as the next stream's.
            length = NextStart(data);
            if (length == 0 && data.Length > EndlessBytesMax)
            {
                Break();
                return 1;
            }
        }

        if (length == 0 || data.Length < length)
        {
            return 0;
        }

        var packet = data[..length];
        if (id == StreamMap)
        {
            ReadMap(packet);
        }
        else if (isVideo && _codec is not null && id == _videoId)
        {
            ReadVideo(packet);
        }

        return length;
    }

    private static int NextStart(ReadOnlySpan<byte> data)
    {
        for (var from = 6; data[from..].IndexOf([(byte)0, (byte)0, (byte)1]) is >= 0 and var next; from += next + 3)
        {
            if (from + next + 3 < data.Length && data[from + next + 3] >= ProgramEnd)
            {
                return from + next;
            }
        }

        return 0;
    }

    // 00 00 01 BC, length (2), version (2), length of descriptors (2), descriptors, length of entries (2), entries: type, id, length (2), descriptors; CRC (4)
    private void ReadMap(ReadOnlySpan<byte> map)
    {
        if (map.Length < 12)
        {
            return;
        }

        var start = 10 + BinaryPrimitives.ReadUInt16BigEndian(map[8..]);
        if (start + 2 > map.Length)
        {
            return;
        }

        var entries = map[(start + 2)..];
        entries = entries[..Math.Min(entries.Length, BinaryPrimitives.ReadUInt16BigEndian(map[start..]))];
        while (entries.Length >= 4)
        {
            if (entries[1] is >= FirstVideo and <= LastVideo)
            {
                Use(entries[0], entries[1]);
                return;
            }

            entries = entries[Math.Min(entries.Length, 4 + BinaryPrimitives.ReadUInt16BigEndian(entries[2..]))..];
        }
    }

    private void Use(byte type, byte id)
    {
        VideoCodec? codec = type switch
        {
            TypeH264 => VideoCodec.H264,
            TypeH265 => VideoCodec.H265,
            _ => null,
        };
        if (codec is null)
        {
            UnknownType = type;
        }

        if (codec != _codec || id != _videoId)
        {
            Flush();
            _codec = codec;
            _videoId = id;
        }
    }

    private void ReadVideo(ReadOnlySpan<byte> packet)
    {
        if (PesHeader.Read(packet) is not { } header)
        {
            Break();
            return;
        }

        var isSameTime = header.Pts is null || header.Pts == _pts;
        if (_endedByMark && isSameTime && _now == _timestamp)
        {
            _isMarkTrusted = false; // It goes on behind its mark: this device marks something else.
        }

        _endedByMark = false;
        // Where pictures bear times, a packet without one continues its picture; where none does, the packets' own time tells them apart.
        var isNext = !_hasTime || (header.Pts is null ? _now != _timestamp && (_picture.Length == 0 || !_hasPts) : header.Pts != _pts);
        if (isNext)
        {
            Flush();
            _pts = header.Pts ?? (_hasTime ? (_pts + (_now - _timestamp)) & TimeMask : _now);
            _dts = header.Dts;
            _timestamp = _now;
            _hasTime = true;
            _hasPts |= header.Pts is not null;
        }

        if (!_picture.Add(packet[header.PayloadStart..]))
        {
            Break();
        }
    }

    private void Break()
    {
        receiver.Lose(isBroken: true);
        _picture.Clear();
        _isAligned = false;
    }

    private void Flush()
    {
        if (_picture.Length > 0 && _codec is { } codec)
        {
            receiver.Receive(codec, _pts, _dts, _picture.Span);
        }

        _picture.Clear();
    }
}

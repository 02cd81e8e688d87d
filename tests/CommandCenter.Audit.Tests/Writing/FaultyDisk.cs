using CommandCenter.Audit.Writing;

namespace CommandCenter.Audit.Tests.Writing;

/// <summary>A disk that is full, or fails after some steps. A write that fails has written half, as real ones do.</summary>
internal sealed class FaultyDisk : AuditDisk
{
    private volatile bool _isFull;

    /// <summary>No byte is free: writing fails, cutting works.</summary>
    public bool IsFull
    {
        get => _isFull;
        set => _isFull = value;
    }

    /// <summary>Steps until everything fails.</summary>
    public int StepsAllowed { get; set; } = int.MaxValue;

    public override IAuditFile Create(string path)
    {
        Step(isFailingWhenFull: true);
        return new FaultyFile(this, base.Create(path));
    }

    public override IAuditFile Open(string path)
    {
        Step(isFailingWhenFull: false);
        return new FaultyFile(this, base.Open(path));
    }

    public override void Put(string path, ReadOnlySpan<byte> content)
    {
        Step(isFailingWhenFull: true);
        base.Put(path, content);
    }

    private void Step(bool isFailingWhenFull)
    {
        if ((IsFull && isFailingWhenFull) || --StepsAllowed < 0)
        {
            throw new IOException("No space left on device");
        }
    }

    private sealed class FaultyFile(FaultyDisk disk, IAuditFile file) : IAuditFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long position)
        {
            try
            {
                disk.Step(isFailingWhenFull: true);
            }
            catch (IOException)
            {
                file.Write(bytes[..(bytes.Length / 2)], position);
                throw;
            }

            file.Write(bytes, position);
        }

        public void Flush()
        {
            disk.Step(isFailingWhenFull: false);
            file.Flush();
        }

        public void Cut(long length)
        {
            disk.Step(isFailingWhenFull: false);
            file.Cut(length);
        }

        public void Dispose() => file.Dispose();
    }
}

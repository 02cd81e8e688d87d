namespace CommandCenter.Cameras.Gb28181;

/// <summary>Which of a channel's streams.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "Main stream and sub-stream are the field's words.")]
public enum GbStream
{
    /// <summary>The large picture.</summary>
    Main,

    /// <summary>The small one. The standard of 2016 has no word for it: it is asked for in the words of 2022 and of the two largest makers.</summary>
    Sub,
}

/// <summary>How media comes: GB/T 28181-2016, 9.2 and annex D of its amendment.</summary>
public enum GbTransport
{
    /// <summary>RTP over UDP.</summary>
    Udp,

    /// <summary>RTP over TCP; the device connects to us.</summary>
    TcpPassive,

    /// <summary>RTP over TCP; we connect to the device.</summary>
    TcpActive,
}

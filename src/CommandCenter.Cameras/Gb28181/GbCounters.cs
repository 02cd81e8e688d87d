namespace CommandCenter.Cameras.Gb28181;

/// <summary>What was counted since the server began. They only grow.</summary>
/// <param name="Registered">Registrations that were granted, renewals included.</param>
/// <param name="Refused">Registrations that were refused with a password, and messages of those who are not registered.</param>
/// <param name="Messages">SIP messages that were read.</param>
/// <param name="Repeated">Requests that came again and were answered from memory.</param>
/// <param name="Malformed">SIP messages, XML and values in it that could not be read or were out of range.</param>
/// <param name="Packets">RTP packets that were taken.</param>
/// <param name="Strangers">RTP packets with another SSRC or from elsewhere: left out.</param>
/// <param name="Lost">RTP packets that never came.</param>
/// <param name="Reordered">RTP packets that came late, and in time.</param>
/// <param name="Units">Pictures that were handed on.</param>
/// <param name="Dropped">Pictures that were not, for a loss before them or in them.</param>
public sealed record GbCounters(
    long Registered, long Refused, long Messages, long Repeated, long Malformed,
    long Packets, long Strangers, long Lost, long Reordered, long Units, long Dropped);

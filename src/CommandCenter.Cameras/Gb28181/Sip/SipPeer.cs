using System.Net;

namespace CommandCenter.Cameras.Gb28181.Sip;

/// <summary>The other end: where a message came from and where its answer goes.</summary>
internal abstract class SipPeer(IPEndPoint remote)
{
    public IPEndPoint Remote { get; } = remote;

    /// <summary>UDP or TCP, as a Via names it.</summary>
    public abstract string Protocol { get; }

    /// <summary>Whether nothing is lost on the way, so that nothing is sent twice.</summary>
    public abstract bool IsReliable { get; }

    /// <summary>Whether something sent can still arrive.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>Sends or forgets; never waits for the network and never throws for what it does.</summary>
    public abstract void Send(byte[] message);
}

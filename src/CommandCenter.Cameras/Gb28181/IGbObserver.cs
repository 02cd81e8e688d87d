namespace CommandCenter.Cameras.Gb28181;

/// <summary>Hears what devices do. Called on receiving threads, of several devices at once, after the device was answered: returns soon.</summary>
public interface IGbObserver
{
    /// <summary>A device registered, or is heard again after it had fallen silent. Who wants its positions subscribes to them now.</summary>
    void DeviceOnline(GbDevice device);

    /// <summary>A device is gone. Its sessions and subscriptions have ended.</summary>
    void DeviceOffline(GbDevice device, GbOfflineReason reason);

    /// <summary>A device said where it is.</summary>
    void PositionChanged(GbPosition position);

    /// <summary>A device raised an alarm; it was told that the alarm has come.</summary>
    void AlarmRaised(GbAlarm alarm);

    /// <summary>A registration was refused with 403: a wrong password, or a device that is not known, not allowed or locked.</summary>
    /// <param name="deviceId">Whom it was for. Whoever sent it said so; nothing of it is checked.</param>
    void RegistrationRefused(string deviceId)
    {
    }

    /// <summary>Something here failed: a bug of ours, or the host's own exception. The message was dropped, all else goes on.</summary>
    void Failed(Exception exception);
}

/// <summary>Why a device is offline.</summary>
public enum GbOfflineReason
{
    /// <summary>It said so: a registration for 0 s.</summary>
    Unregistered,

    /// <summary>It did not renew its registration.</summary>
    Expired,

    /// <summary>It missed as many keepalives as are allowed.</summary>
    Silent,
}

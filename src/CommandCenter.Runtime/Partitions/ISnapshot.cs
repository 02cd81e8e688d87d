namespace CommandCenter.Runtime.Partitions;

/// <summary>A captured state, independent of the model that goes on changing.</summary>
public interface ISnapshot
{
    /// <summary>Writes the state. Runs on another thread than the model's, once.</summary>
    void WriteTo(Stream stream);
}

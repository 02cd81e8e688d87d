namespace CommandCenter.Simulator.Delivery;

/// <summary>The key that the product's intake asks for.</summary>
internal static class IntakeKey
{
    /// <summary>Reads it.</summary>
    /// <exception cref="RunException">The file cannot be read or is empty.</exception>
    public static string Read(string file)
    {
        try
        {
            var key = File.ReadAllText(file).Trim();
            return key.Length > 0 ? key : throw new RunException(2, $"The key file {file} is empty.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunException(2, $"The key file cannot be read: {exception.Message}");
        }
    }
}

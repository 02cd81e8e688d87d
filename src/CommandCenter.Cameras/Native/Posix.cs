using System.Runtime.InteropServices;

namespace CommandCenter.Cameras.Native;

/// <summary>What the framework cannot ask of the system.</summary>
internal static partial class Posix
{
    private const int Terminate = 15;

    /// <summary>Asks a process to end. One that has ended already is no fault.</summary>
    public static void AskToEnd(int process) => _ = Kill(process, Terminate);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

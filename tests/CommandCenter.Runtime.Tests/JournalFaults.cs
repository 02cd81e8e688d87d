using CommandCenter.Runtime.Journal;
using SQLitePCL;

namespace CommandCenter.Runtime.Tests;

/// <summary>Calls a test at each step of a write.</summary>
internal sealed class JournalFaults(Action<JournalStep, sqlite3?> at) : IJournalSeam
{
    public void At(JournalStep step, int partition, sqlite3? database) => at(step, database);
}

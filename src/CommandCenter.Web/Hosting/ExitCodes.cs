namespace CommandCenter.Web.Hosting;

/// <summary>What the verbs of <c>run.sh</c> end with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int DoneWithRejects = 1;
    public const int BadInput = 2;
    public const int Environment = 3;
}

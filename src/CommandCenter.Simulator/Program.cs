using System.CommandLine;
using CommandCenter.Simulator.Demonstration;

var root = new RootCommand("A virtual city of courts that feeds a running command centre through its public API.")
{
    DemonstrateCommand.Create(),
};

// Bad usage is exit code 2 for every verb of the product; the parser's own code would be 1.
var arguments = root.Parse(args);
var exitCode = await arguments.InvokeAsync();
return arguments.Errors.Count > 0 ? 2 : exitCode;

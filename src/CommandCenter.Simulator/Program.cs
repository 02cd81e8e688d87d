using System.CommandLine;
using CommandCenter.Simulator.Demonstration;
using CommandCenter.Simulator.Simulation;

var root = new RootCommand("A virtual city of courts that feeds a running command centre through its public API.")
{
    DemonstrateCommand.Create(),
    SimulateCommand.Create(),
};

var arguments = root.Parse(args);
if (arguments.Errors.Count == 0)
{
    return await arguments.InvokeAsync();
}

// Bad usage is exit code 2 for every verb of the product; the parser's own code would be 1.
foreach (var error in arguments.Errors)
{
    Console.Error.WriteLine(error.Message);
}

return 2;

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace CommandCenter.Web.Tests;

/// <summary>Loads what bUnit needs and the dependency file does not name (see Bunit.targets).</summary>
internal static class BunitAssemblies
{
    // A module initializer is the only place that surely runs before the first bUnit type is touched.
    [ModuleInitializer]
    internal static void Register() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "bunit-lib", name.Name + ".dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }
}

using System.Runtime.Versioning;
using CommandCenter.EndToEnd.Tests.Wall;

[assembly: AssemblyFixture(typeof(Browser))]

// One real server and one real browser at a time: two cores, and a page that starves looks like a page that is broken.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// File modes, signals and the scripts under test.

namespace WeComOps.Console.Tests;

public sealed class SmokeTests
{
}

namespace WeComOps.Console.Progress;

internal sealed class ProgressReader;

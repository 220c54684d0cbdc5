namespace WeComOps.Console.Findings;

internal enum Corner
{
    /// <summary>Done, and nothing came of it: the instruction is wrong.</summary>
    Instruction,

    /// <summary>It works and is not done: value left on the table.</summary>
    Execution,

    /// <summary>Neither: start with the instruction.</summary>
    StartWithInstruction,

    /// <summary>Both: copy it elsewhere.</summary>
    Copy,
}

/// <summary>Action score across, outcome score up.</summary>
internal static class Quadrant
{
    /// <summary>Three quarters of what was asked.</summary>
    public const decimal ActionDivide = 75;

    /// <summary>Half-way from the floor to the target.</summary>
    public const decimal OutcomeDivide = 50;

    public static Corner Of(decimal action, decimal outcome) => (action >= ActionDivide, outcome >= OutcomeDivide) switch
    {
        (true, true) => Corner.Copy,
        (true, false) => Corner.Instruction,
        (false, true) => Corner.Execution,
        (false, false) => Corner.StartWithInstruction,
    };

    public static string Name(Corner corner) => corner switch
    {
        Corner.Instruction => "工作要求有问题",
        Corner.Execution => "执行不足",
        Corner.StartWithInstruction => "从要求查起",
        Corner.Copy => "可复制",
        _ => corner.ToString(),
    };
}

using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>The state of one rendering. Kept per thread and used again, so that a rendering allocates little more than its result.</summary>
internal sealed class RenderContext
{
    [ThreadStatic]
    private static RenderContext? _cached;

    private Value[] _slots = [];
    private Value[] _arguments = new Value[32];
    private int _argumentCount;
    private int _slotCount;
    private int _loopDepth;
    private int _iterations;

    public OutputBuffer Output { get; } = new();

    /// <summary>Steps done so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Whole lists and objects may become text.</summary>
    public bool WholeValues { get; private set; }

    public static RenderContext Rent(int slots, bool wholeValues)
    {
        var context = _cached ?? new RenderContext();
        _cached = null;
        if (context._slots.Length < slots)
            context._slots = new Value[slots];
        context._slotCount = slots;
        context.WholeValues = wholeValues;
        context.Steps = 0;
        context._loopDepth = 0;
        context._iterations = 0;
        context._argumentCount = 0;
        context.Output.Reset();
        return context;
    }

    /// <summary>Forgets all data of the rendering before the next one may use the same memory.</summary>
    public void Return()
    {
        Array.Clear(_slots, 0, _slotCount);
        Array.Clear(_arguments);
        Output.Trim();
        _cached = this;
    }

    public ref Value Slot(int index) => ref _slots[index];

    public void Step(Location at, int count = 1)
    {
        Steps += Math.Min(count, TemplateLimits.Steps + 1);
        if (Steps > TemplateLimits.Steps)
            throw new RenderException(at, Problems.TooManySteps());
    }

    /// <summary>Each round of a loop and each element that a function visits; the sum over nested loops is bounded as in Scriban.</summary>
    public void Iterate(Location at, int count = 1)
    {
        Step(at, count);
        _iterations += Math.Min(count, TemplateLimits.LoopIterations + 1);
        if (_iterations > TemplateLimits.LoopIterations)
            throw new RenderException(at, Problems.TooManyIterations());
    }

    public void EnterLoop()
    {
        if (_loopDepth++ == 0)
            _iterations = 0;
    }

    public void LeaveLoop() => _loopDepth--;

    /// <summary>Called before each statement: outside of loops every statement may visit a full number of elements.</summary>
    public void BeginStatement()
    {
        if (_loopDepth == 0)
            _iterations = 0;
    }

    /// <summary>A new text: its length is bounded and paid for in steps.</summary>
    public string Pay(Location at, string text)
    {
        if (text.Length > TemplateLimits.OutputBytes)
            throw new RenderException(at, Problems.TextTooLong());
        Step(at, text.Length / TemplateLimits.CharactersPerStep);
        return text;
    }

    /// <summary>A text that is read from end to end; null is nothing to read.</summary>
    public void Read(Location at, string? text) => Step(at, (text?.Length ?? 0) / TemplateLimits.CharactersPerStep);

    /// <summary>A text that is looked for in another, which at worst compares the one with the other at every place.</summary>
    public void Search(Location at, string text, string part)
    {
        const long ComparisonsPerStep = 4096;
        Step(at, (int)Math.Min((long)text.Length * part.Length / ComparisonsPerStep, TemplateLimits.Steps));
    }

    /// <summary>Reserves room for the arguments of a call. The room is valid until <see cref="Release"/>.</summary>
    public Span<Value> Reserve(int count)
    {
        if (_arguments.Length < _argumentCount + count)
        {
            // The old array stays alive through the spans that calls under way hold on it.
            var larger = new Value[(_arguments.Length * 2) + count];
            _arguments.CopyTo(larger, 0);
            _arguments = larger;
        }

        var room = _arguments.AsSpan(_argumentCount, count);
        _argumentCount += count;
        return room;
    }

    public void Release(int count) => _argumentCount -= count;
}

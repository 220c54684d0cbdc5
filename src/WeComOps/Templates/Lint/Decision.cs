namespace WeComOps.Templates.Lint;

/// <summary>A place where the text goes one of several ways: an <c>if</c> with its <c>else if</c>, a <c>case</c>, or a <c>? :</c>.</summary>
/// <param name="Signature">Its conditions as written: the same question asked twice has one answer.</param>
/// <param name="Tests">Stretches of the source, one for each branch: conditions, or the values of <c>when</c>.</param>
/// <param name="Subject">What a <c>case</c> asks about; null for all others.</param>
internal sealed record Decision(string Signature, IReadOnlyList<IReadOnlyList<(int Start, int End)>> Tests, (int Start, int End)? Subject)
{
    /// <summary>One way for each branch, and one for none of them.</summary>
    public int Ways => Tests.Count + 1;
}

namespace WeComOps.Templates.Lint;

/// <summary>How alike two texts look: shared pairs of neighbouring characters among all of them (Jaccard), after normalisation, links aside.</summary>
internal static class Likeness
{
    /// <summary>Mean over all pairs, 0 to 1; null with fewer than two texts. Texts beyond the first <paramref name="most"/> are not compared.</summary>
    public static decimal? Mean(IReadOnlyList<string> texts, Folding folding, int most = 24)
    {
        var grams = texts.Take(most).Select(text => Bigrams(text, folding)).ToArray();
        if (grams.Length < 2)
        {
            return null;
        }

        var (sum, pairs) = (0m, 0);
        for (var i = 0; i < grams.Length; i++)
        {
            for (var j = i + 1; j < grams.Length; j++)
            {
                sum += Jaccard(grams[i], grams[j]);
                pairs++;
            }
        }

        return decimal.Round(sum / pairs, 2, MidpointRounding.ToEven);
    }

    private static decimal Jaccard(HashSet<int> left, HashSet<int> right)
    {
        var shared = left.Count(right.Contains);
        var all = left.Count + right.Count - shared;
        return all == 0 ? 1 : (decimal)shared / all;
    }

    private static HashSet<int> Bigrams(string text, Folding folding)
    {
        var letters = NormalText.Of(Addresses.Mask(text), folding).Text.Where(char.IsLetterOrDigit).ToArray();
        return [.. letters.Zip(letters.Skip(1), (first, second) => (first << 16) | second)];
    }
}

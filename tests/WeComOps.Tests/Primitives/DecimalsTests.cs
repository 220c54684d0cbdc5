using WeComOps.Primitives;

namespace WeComOps.Tests.Primitives;

public sealed class DecimalsTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("4", "2")]
    [InlineData("2", "1.4142135623730950488016887242")]
    [InlineData("0.0001", "0.01")]
    public void The_square_root_is_exact_to_the_last_digit(string value, string root) => Assert.Equal(
        decimal.Parse(root, System.Globalization.CultureInfo.InvariantCulture),
        Math.Round(Decimals.Sqrt(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)), 28));

    [Fact]
    public void The_interval_of_a_rate_holds_the_rate_and_stays_within_0_and_1()
    {
        for (var trials = 1; trials < 60; trials++)
        {
            for (var successes = 0; successes <= trials; successes++)
            {
                var (low, high) = Decimals.Wilson(successes, trials);
                var rate = (decimal)successes / trials;
                Assert.True(low >= 0 && high <= 1 && low <= rate + 0.0000001m && high >= rate - 0.0000001m, $"{successes}/{trials}: {low}..{high}");
            }
        }
    }

    [Theory]
    [InlineData("0.5", 0, "0")]
    [InlineData("1.5", 0, "2")]
    [InlineData("2.25", 1, "2.2")]
    public void Rounding_is_half_even(string value, int digits, string rounded) => Assert.Equal(
        decimal.Parse(rounded, System.Globalization.CultureInfo.InvariantCulture),
        Decimals.Round(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), digits));
}

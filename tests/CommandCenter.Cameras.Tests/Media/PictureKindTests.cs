using CommandCenter.Cameras.Media;

namespace CommandCenter.Cameras.Tests.Media;

public sealed class PictureKindTests
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("000001", false, false)]
    [InlineData("00000141", false, false)]
    [InlineData("00000109F0000000016742800000000168CE000000016588", true, false)]
    [InlineData("00000109F0000001419A", false, false)] // 1 00110 10: first_mb 0, slice type 5, all slices P.
    [InlineData("00000109F0000001419E", false, true)] // 1 00111 10: slice type 6, all slices B.
    [InlineData("00000101A8", false, true)] // 1 010: slice type 1, B.
    [InlineData("00000101E0", false, false)] // 1 1: slice type 0, P.
    [InlineData("0000010100", false, false)] // Nothing but zeros.
    [InlineData("0000010600000101A8", false, true)]
    public void The_first_slice_says_whether_a_decoder_may_begin_and_whether_there_are_B_frames(string data, bool isKey, bool hasB) =>
        Assert.Equal(new PictureKind(isKey, hasB), PictureKind.Of(Convert.FromHexString(data)));
}

namespace Link.Running;

/// <summary>
/// Standard output or standard error, written as it is. The streams of <see cref="Console"/> send a control sequence to a terminal before
/// the first byte, which the program that takes our place would find there, and swallow that nobody reads.
/// </summary>
internal sealed class StandardStream(int descriptor) : Stream
{
    public static Stream OpenOutput() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardStream(1);

    public static Stream OpenError() => OperatingSystem.IsWindows() ? Console.OpenStandardError() : new StandardStream(2);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var error = Posix.WriteAll(descriptor, buffer);
        if (error == Posix.BrokenPipe)
        {
            // Ends this process, like any other of a pipeline.
            Posix.HeedBrokenPipes();
            error = Posix.WriteAll(descriptor, buffer);
        }

        if (error != 0)
        {
            throw new LinkException($"the output can't be written: {Posix.Describe(error)}");
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

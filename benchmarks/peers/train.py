"""Trains the network of `headwater bench training` with PyTorch: its peer, run by that command.

Usage: train.py FILE THREADS LOOKBACK HORIZON ENCODER_INPUTS DECODER_INPUTS HIDDEN WINDOWS

FILE holds float32 in the machine's order: the parameters in the order of the kernels' tensors, the packed rows
`[window][encoder inputs, decoder inputs, base, scale]`, the truths `[window][horizon]`. The gradient of the first
batch is written to FILE.gradient, in the order of the parameters. Then each line of standard input is a number of
seconds to train; the answer is the windows trained a second.
"""

import sys
import time
import warnings

warnings.filterwarnings("ignore", message="Failed to initialize NumPy")  # while PyTorch is imported; it is not used

import torch


class Forecaster(torch.nn.Module):
    """Encoder-decoder GRU; the decoder reads its inputs and the encoder's last state."""

    def __init__(self, encoder_inputs, decoder_inputs, hidden):
        super().__init__()
        self.encoder = torch.nn.GRU(encoder_inputs, hidden)
        self.decoder = torch.nn.GRU(decoder_inputs + hidden, hidden)
        self.head = torch.nn.Linear(hidden, 1)

    def forward(self, past, future, base, scale):
        """`[step][window][input]`, `[step][window][input]`, `[window]`, `[window]` to `[step][window]`."""
        _, state = self.encoder(past)
        repeated = state.expand(future.shape[0], -1, -1)
        outputs, _ = self.decoder(torch.cat([future, repeated], dim=2), state)
        return base + scale * self.head(outputs).squeeze(2)


def main():
    path = sys.argv[1]
    threads, lookback, horizon, encoder_inputs, decoder_inputs, hidden, windows = map(int, sys.argv[2:])
    torch.set_num_threads(threads)  # the launcher's OMP_NUM_THREADS=1 is for the JVM alone
    with open(path, "rb") as file:
        values = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)

    model = Forecaster(encoder_inputs, decoder_inputs, hidden)
    count = sum(parameter.numel() for parameter in model.parameters())
    torch.nn.utils.vector_to_parameters(values[:count].clone(), model.parameters())
    past_width = lookback * encoder_inputs
    future_width = horizon * decoder_inputs
    width = past_width + future_width + 2
    rows = values[count : count + windows * width].view(windows, width)
    truths = values[count + windows * width :].view(windows, horizon).t().contiguous()
    past = rows[:, :past_width].view(windows, lookback, encoder_inputs).transpose(0, 1).contiguous()
    future = rows[:, past_width:-2].view(windows, horizon, decoder_inputs).transpose(0, 1).contiguous()
    base, scale = rows[:, -2].contiguous(), rows[:, -1].contiguous()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def gradient():
        optimizer.zero_grad(set_to_none=True)
        (model(past, future, base, scale) - truths).abs().mean().backward()

    gradient()
    flat = torch.cat([parameter.grad.reshape(-1) for parameter in model.parameters()])
    with open(path + ".gradient", "wb") as file:
        file.write(bytes(flat.contiguous().view(torch.uint8).tolist()))
    print(torch.__version__, flush=True)

    for line in sys.stdin:
        begun = time.perf_counter()
        seconds = 0.0
        updates = 0
        while seconds < float(line):
            gradient()
            optimizer.step()
            updates += 1
            seconds = time.perf_counter() - begun
        print(updates * windows / seconds, flush=True)


if __name__ == "__main__":
    main()

"""As many updates of LSTM -> dropout .2 -> dense 1 with MSE and Adam as a line says; answers each line with
the milliseconds of processor time that they took."""
import sys
import time

import torch

torch.set_num_threads(1)
torch.manual_seed(1)
batch, steps, features, units = map(int, sys.argv[1:])


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(features, units, batch_first=True)
        self.head = torch.nn.Sequential(torch.nn.Dropout(0.2), torch.nn.Linear(units, 1))

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


model = Model()
optimizer = torch.optim.Adam(model.parameters(), 1e-4)
x, y = torch.rand(batch, steps, features), torch.rand(batch, 1)
for line in sys.stdin:
    start = time.process_time()
    for _ in range(int(line)):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
    print(1000 * (time.process_time() - start), flush=True)

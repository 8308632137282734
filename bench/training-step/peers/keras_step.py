"""As many updates of LSTM -> dropout .2 -> dense 1 with MSE and Adam as a line says; answers each line with
the milliseconds of processor time that they took."""
import sys
import time

import keras

batch, steps, features, units = map(int, sys.argv[1:])
keras.utils.set_random_seed(1)
model = keras.Sequential(
    [
        keras.Input((steps, features)),
        keras.layers.LSTM(units),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(1),
    ]
)
model.compile(loss="mse", optimizer=keras.optimizers.Adam(1e-4))
x = keras.random.uniform((batch, steps, features))
y = keras.random.uniform((batch, 1))
for line in sys.stdin:
    start = time.process_time()
    for _ in range(int(line)):
        model.train_on_batch(x, y)
    print(1000 * (time.process_time() - start), flush=True)

"""Reads a JSON line {"windows", "validation", "window", "epochs", "trials": [params]}; trains each trial as the article
does, with `fit`, on windows of noise (time does not depend on what the numbers are), and answers with a line of JSON:
the seconds that each of its epochs took."""
import json
import sys
import time

import keras
import numpy as np


class Stopwatch(keras.callbacks.Callback):
    def __init__(self):
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.begun = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.begun)


work = json.loads(sys.stdin.readline())
keras.utils.set_random_seed(1)
noise = np.random.default_rng(1)
rows, validation, window = work["windows"], work["validation"], work["window"]
x, y = noise.normal(size=(rows, window, 1)), noise.normal(size=(rows, 1))
xv, yv = noise.normal(size=(validation, window, 1)), noise.normal(size=(validation, 1))
for params in work["trials"]:
    model = keras.Sequential(
        [
            keras.Input((window, 1)),
            keras.layers.LSTM(params["units"]),
            keras.layers.Dropout(params["dropout"]),
            keras.layers.Dense(1),
        ]
    )
    model.compile(loss="mse", optimizer=params["optimizer"])
    stopwatch = Stopwatch()
    model.fit(
        x,
        y,
        batch_size=params["batchSize"],
        epochs=work["epochs"],
        validation_data=(xv, yv),
        callbacks=[stopwatch],
        verbose=0,
    )
    print(json.dumps(stopwatch.seconds), flush=True)
    keras.backend.clear_session()

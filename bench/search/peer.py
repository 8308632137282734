"""Ask and tell a tuner from PyPI, one JSON object a line on standard input and output.

{"do": "start", "sampler": NAME, "seed": N, "sizes": [values of each parameter, null: real, in 0 … 1], "ordered": [whether they have an order]}
{"do": "ask"} is answered by {"at": [index of each parameter's value, or the real]}
{"do": "tell", "ask": NUMBER OF THE ASK, "value": to be minimised, or null where it failed}
"""
import json
import sys
import warnings

warnings.filterwarnings("ignore")


def number(value):
    return float(value) if isinstance(value, float) else int(value)


class Optuna:
    def __init__(self, name, seed, sizes, ordered):
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        samplers = optuna.samplers
        sampler = samplers.TPESampler(seed=seed) if name == "optuna-tpe" else samplers.GPSampler(seed=seed)
        self.optuna = optuna
        self.study = optuna.create_study(sampler=sampler)
        distributions = optuna.distributions
        self.space = {
            f"x{i}": distributions.FloatDistribution(0, 1)
            if size is None
            else distributions.IntDistribution(0, size - 1)
            if order
            else distributions.CategoricalDistribution(list(range(size)))
            for i, (size, order) in enumerate(zip(sizes, ordered))
        }
        self.trials = []

    def ask(self):
        trial = self.study.ask(self.space)
        self.trials.append(trial)
        return [number(trial.params[name]) for name in self.space]

    def tell(self, ask, value):
        state = self.optuna.trial.TrialState
        if value is None:
            self.study.tell(self.trials[ask], state=state.FAIL)
        else:
            self.study.tell(self.trials[ask], value)


class BayesOpt:
    INITIAL = 5

    def __init__(self, _name, seed, sizes, ordered):
        from bayes_opt import BayesianOptimization

        bounds = {
            f"x{i}": (0, 1) if size is None else (0, size - 1, int) if order else tuple(str(v) for v in range(size))
            for i, (size, order) in enumerate(zip(sizes, ordered))
        }
        self.names = list(bounds)
        self.optimizer = BayesianOptimization(
            None, bounds, random_state=seed, verbose=0, allow_duplicate_points=True
        )
        self.asked = []
        self.worst = None

    def ask(self):
        if len(self.asked) < self.INITIAL or len(self.optimizer.space) == 0:
            space = self.optimizer.space
            point = space.array_to_params(space.random_sample(random_state=self.optimizer._random_state))
        else:
            point = self.optimizer.suggest()
        self.asked.append(point)
        return [number(point[name]) for name in self.names]

    def tell(self, ask, value):
        if value is None:
            if self.worst is None:
                return
            value = self.worst
        self.worst = value if self.worst is None else max(value, self.worst)
        self.optimizer.register(params=self.asked[ask], target=-value)


def main():
    # The libraries print too.
    answers, sys.stdout = sys.stdout, sys.stderr
    peer = None
    for line in sys.stdin:
        message = json.loads(line)
        if message["do"] == "start":
            kind = BayesOpt if message["sampler"] == "bayes_opt" else Optuna
            peer = kind(message["sampler"], message["seed"], message["sizes"], message["ordered"])
        elif message["do"] == "ask":
            print(json.dumps({"at": peer.ask()}), file=answers, flush=True)
        else:
            peer.tell(message["ask"], message["value"])


main()

"""Ask and tell a tuner from PyPI, one JSON object a line on standard input and output.

{"do": "start", "sampler": NAME, "seed": N, "parameters": [PARAMETER, …]}; a second one begins anew
PARAMETER: {"kind": "real"} in 0 … 1, {"kind": "int", "low", "high", "log"} or {"kind": "category", "size"}
{"do": "ask"} is answered by {"at": [the real, the integer or the category's index]}
{"do": "tell", "ask": NUMBER OF THE ASK, "value": to be minimised, or null where it failed}
"""
import json
import math
import sys
import warnings
from importlib.metadata import version

warnings.filterwarnings("ignore")


class Optuna:
    def __init__(self, name, seed, parameters):
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        samplers = optuna.samplers
        sampler = samplers.TPESampler(seed=seed) if name == "optuna-tpe" else samplers.GPSampler(seed=seed)
        self.optuna = optuna
        self.study = optuna.create_study(sampler=sampler)
        self.space = {f"x{i}": self.distribution(**parameter) for i, parameter in enumerate(parameters)}
        self.trials = []

    def distribution(self, kind, low=0, high=1, log=False, size=0):
        distributions = self.optuna.distributions
        if kind == "real":
            return distributions.FloatDistribution(low, high)
        if kind == "int":
            return distributions.IntDistribution(low, high, log=log)
        return distributions.CategoricalDistribution(list(range(size)))

    def ask(self):
        trial = self.study.ask(self.space)
        self.trials.append(trial)
        return [trial.params[name] for name in self.space]

    def tell(self, ask, value):
        state = self.optuna.trial.TrialState
        if value is None:
            self.study.tell(self.trials[ask], state=state.FAIL)
        else:
            self.study.tell(self.trials[ask], value)


class BayesOpt:
    INITIAL = 5

    def __init__(self, _name, seed, parameters):
        from bayes_opt import BayesianOptimization

        self.parameters = {f"x{i}": parameter for i, parameter in enumerate(parameters)}
        self.optimizer = BayesianOptimization(
            None,
            {name: self.bounds(**parameter) for name, parameter in self.parameters.items()},
            random_state=seed,
            verbose=0,
            allow_duplicate_points=True,
        )
        hasten(self.optimizer.acquisition_function, self.optimizer.space, parameters)
        self.asked = []
        self.worst = None

    def bounds(self, kind, low=0, high=1, log=False, size=0):
        if kind == "real":
            return (low, high)
        if kind == "int":
            # It knows no log scale: its users give it the logarithm.
            return (math.log(low), math.log(high)) if log else (low, high, int)
        return tuple(str(index) for index in range(size))

    def value(self, parameter, given):
        if parameter["kind"] == "real":
            return float(given)
        return round(math.exp(given)) if parameter.get("log") else int(given)

    def ask(self):
        if len(self.asked) < self.INITIAL or len(self.optimizer.space) == 0:
            space = self.optimizer.space
            point = space.array_to_params(space.random_sample(random_state=self.optimizer._random_state))
        else:
            point = self.optimizer.suggest()
        self.asked.append(point)
        return [self.value(parameter, point[name]) for name, parameter in self.parameters.items()]

    def tell(self, ask, value):
        if value is None:
            if self.worst is None:
                return
            value = self.worst
        self.worst = value if self.worst is None else max(value, self.worst)
        self.optimizer.register(params=self.asked[ask], target=-value)


def hasten(acquisition, space, parameters):
    """Makes bayes_opt answer sooner on spaces of integers and categories: its suggestions stay the same, bit for bit.

    There it asks differential evolution, which takes some ten thousand points one by one, and the checks around each
    prediction take ten times as long as the prediction. Its kernel sees no more of a point than the integers and
    categories that it stands for, so that a point is predicted once, and without the checks. This reaches into the one
    version named here; another is left as it is.
    """
    continuous = any(parameter["kind"] == "real" or parameter.get("log") for parameter in parameters)
    if continuous or version("bayesian-optimization") != "3.4.0":
        return
    sizes = [parameter.get("size") for parameter in parameters]
    prepare = acquisition._get_acq

    def prepare_quick(gp, constraint=None):
        predict_all = prepare(gp=gp, constraint=constraint)
        predict = predictor(gp, space.kernel_transform)
        known = {}

        def acquisition_at(x):
            if x.ndim != 1:
                return predict_all(x)
            point = rounded(x.tolist(), sizes)
            if point not in known:
                known[point] = float((-1 * acquisition.base_acq(*predict(point)))[0])
            return known[point]

        return acquisition_at

    acquisition._get_acq = prepare_quick


def rounded(numbers, sizes):
    """The point that the kernel sees: integers, and categories as a 1 among zeros."""
    point, at = [], 0
    for size in sizes:
        if size is None:
            point.append(float(round(numbers[at])))
            at += 1
        else:
            scores = numbers[at : at + size]
            chosen = scores.index(max(scores))
            point.extend(float(index == chosen) for index in range(size))
            at += size
    return tuple(point)


def predictor(gp, transform):
    """Mean and standard deviation at one point that is rounded already, by the operations of scikit-learn's GP."""
    import numpy
    from scipy.linalg import solve_triangular
    from sklearn.gaussian_process.kernels import Matern

    kernel = Matern(length_scale=gp.kernel_.length_scale, nu=gp.kernel_.nu)
    seen = transform(gp.X_train_)
    scale, shift = gp._y_train_std, gp._y_train_mean

    def predict(point):
        covariances = kernel(numpy.array([point]), seen)
        mean = scale * (covariances @ gp.alpha_) + shift
        halves = solve_triangular(gp.L_, covariances.T, lower=True, check_finite=False)
        variance = numpy.maximum(1.0 - numpy.einsum("ij,ji->i", halves.T, halves), 0.0)
        return mean, numpy.sqrt(variance * scale**2)

    return predict


def main():
    # The libraries print too.
    answers, sys.stdout = sys.stdout, sys.stderr
    peer = None
    for line in sys.stdin:
        message = json.loads(line)
        if message["do"] == "start":
            kind = BayesOpt if message["sampler"] == "bayes_opt" else Optuna
            peer = kind(message["sampler"], message["seed"], message["parameters"])
        elif message["do"] == "ask":
            print(json.dumps({"at": peer.ask()}), file=answers, flush=True)
        else:
            peer.tell(message["ask"], message["value"])


main()

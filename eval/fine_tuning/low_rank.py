"""Low-rank adaptation: small matrices beside the frozen weights, added to them at the end.

Source: Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models" (2021). A thousand
questions are enough for these and too few for all weights.
"""

import torch
from torch import Tensor, nn

# Twice the rank, as in the paper's experiments.
SCALE = 2.0


class LowRank(nn.Module):
    """A linear layer whose weights stay, and a product of two narrow matrices beside it."""

    def __init__(self, layer: nn.Linear, rank: int) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(rank, layer.in_features) * layer.in_features**-0.5)
        # Zeros, so that training starts from the model as it is.
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, inputs: Tensor) -> Tensor:
        """Return the layer's output with the correction added."""
        correction: Tensor = (inputs @ self.down.T) @ self.up.T * SCALE
        output: Tensor = self.layer(inputs)
        return output + correction

    def merged(self) -> nn.Linear:
        """Return a plain layer with the correction in its weights."""
        with torch.no_grad():
            self.layer.weight += self.up @ self.down * SCALE
        return self.layer


def adapt(model: nn.Module, rank: int) -> list[nn.Parameter]:
    """Freeze a model, put a correction beside every linear layer and return what can be learned."""
    for parameter in model.parameters():
        parameter.requires_grad = False
    for parent, name, layer in _linear_layers(model):
        setattr(parent, name, LowRank(layer, rank))
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def merge(model: nn.Module) -> None:
    """Put every correction into its layer, so that the model has the shape it came with."""
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, LowRank):
                setattr(parent, name, child.merged())


def _linear_layers(model: nn.Module) -> list[tuple[nn.Module, str, nn.Linear]]:
    return [
        (parent, name, child)
        for parent in model.modules()
        for name, child in parent.named_children()
        if isinstance(child, nn.Linear)
    ]

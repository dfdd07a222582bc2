"""What came of it: conversion, retention, employment, goals, and the counts with the people behind them."""
